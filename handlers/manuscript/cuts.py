"""A passage cut out of a text, so that nobody reads it any more; the place stays visible."""

from __future__ import annotations

import re

from handlers.manuscript.passages import pattern_of
from storage.private import Private

MARK = "[…]"


def cut(text: Private[str], passage: Private[str]) -> Private[str] | None:
    """Every place where the passage stands, however its words are spaced. None when there is none."""
    sought, mark = pattern_of(passage), re.escape(MARK)
    if not sought:
        return None
    # A mark that an earlier cut has left is one sign: nothing is cut out of its middle.
    either = f"{sought}|{mark}" if MARK in passage.reveal() else f"{mark}|{sought}"
    shorter = re.sub(either, MARK, text.reveal())
    return Private(shorter) if shorter != text.reveal() else None


def only_cut(was: Private[str], now: Private[str]) -> bool:
    """Whether the one is the other with passages cut out, and nothing said anew."""
    kept, text, place = now.reveal().split(MARK), was.reveal(), 0
    if len(kept) == 1:
        return kept[0] == text
    first, *between, last = kept
    if not text.startswith(first):
        return False
    place = len(first)
    for piece in between:
        found = text.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return text.endswith(last) and len(text) - len(last) >= place
