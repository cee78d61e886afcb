"""Where a text may be cut so that nobody's letter, accent or emoji falls apart.

After UAX #29 (extended grapheme clusters), without its property tables: where we can't tell, we don't cut.
That keeps a few characters together that could be parted, which costs nothing.
"""

from __future__ import annotations

import unicodedata

ZWJ = "\u200d"
_VIRAMA = 9  # its canonical combining class: in Indic scripts it ties two consonants into one sign
_INDIC = "\u0900"  # below it no letter ties itself to the next
_LINE_ENDS = {"Cc", "Zl", "Zp"}


def boundary(text: str, at: int, start: int = 0) -> bool:
    """Whether `text` may be cut before index `at`; `start` is a boundary at or before it."""
    if at <= start or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if before < _INDIC and after < _INDIC and before.isalnum() and after.isalnum():
        return True  # the usual case, soon done
    if unicodedata.category(before) in _LINE_ENDS:
        return True
    if before == ZWJ or unicodedata.combining(before) == _VIRAMA or _extends(after):
        return False
    if _is_regional(before) and _is_regional(after):
        return _regionals_before(text, at, start) % 2 == 0
    return not _hangul(before, after)


def _extends(char: str) -> bool:
    """Marks, ZWJ and ZWNJ, variation selectors (marks too), skin tones, tags."""
    return (
        unicodedata.category(char) in {"Mn", "Mc", "Me"}
        or char in "\u200c\u200d\uff9e\uff9f"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )


def _is_regional(char: str) -> bool:
    """Half of a flag."""
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _regionals_before(text: str, at: int, start: int) -> int:
    first = at
    while first > start and _is_regional(text[first - 1]):
        first -= 1
    return at - first


def _hangul(before: str, after: str) -> bool:
    """Korean syllables in parts: a leading consonant, or a vowel or final consonant after anything."""
    leads = "\u1100" <= before <= "\u115f" or "\ua960" <= before <= "\ua97c"
    follows = "\u1160" <= after <= "\u11ff" or "\ud7b0" <= after <= "\ud7fb"
    return follows or (leads and ("\u1100" <= after <= "\u115f" or "\uac00" <= after <= "\ud7a3"))
