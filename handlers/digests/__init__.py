"""Digests: what came out since a reader's last one, in one message, when they want it.

A story's broadcast puts it by for those who don't want it now (`putting_by.py`). Every quarter of an hour a broadcast
begins for those whose digest is due (`due.py`); it says to each what waits for them (`script.py`).
"""
