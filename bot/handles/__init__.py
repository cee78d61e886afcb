"""Which accounts are really the newsroom's own, so that a copy of the bot can be told apart: a list, signed.

accounts.py   the newsroom's own accounts, from the config
listing.py    the list as a file: what is signed, and how it is read
official.py   the file that this newsroom shows, and whether it is its own
findings.py   what `doctor` asks of it
"""
