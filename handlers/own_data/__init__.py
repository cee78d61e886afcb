"""A person's own data: all that is kept about them, in one plain text, on request.

One file and not two: it is asked for on a phone, where a text opens everywhere and runs nothing. Account and address
are in no file: whoever finds it must not learn from it whose it is.
"""
