"""A passage cut out of a text, so that nobody reads it any more; the place stays visible."""

from __future__ import annotations

import re

from storage.private import Private

MARK = "[…]"


def cut(text: Private[str], passage: Private[str]) -> Private[str] | None:
    """Every place where the passage stands, however its words are spaced. None when there is none."""
    words = passage.reveal().split()
    if not words:
        return None
    shorter, number = re.subn(r"\s+".join(map(re.escape, words)), MARK, text.reveal())
    return Private(shorter) if number else None
