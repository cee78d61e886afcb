"""What people type, made safe to keep, to search and to show to others.

Their words stay as they are. What goes is what nobody sees: it may reverse the line an editor reads, hide a
message or a fingerprint in a text that is to be published, or split a name so that the search for identifying
details misses it (that is why soft hyphens go too). Joiners and variation selectors stay where a script or an
emoji needs them.
"""

from __future__ import annotations

import re
import unicodedata

from bot.texts.graphemes import ZWJ

_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters
    "\ud800-\udfff"  # lone surrogates
    "\u202a-\u202e\u2066-\u2069\u206a-\u206f"  # overrides, embeddings, isolates: Hebrew needs none of them
    "\u00ad\u200b\u2060-\u2065\ufeff\u034f\u180e"  # soft hyphen, zero-width space, word joiner, BOM …
    "\u115f\u1160\u3164\uffa0"  # Hangul fillers: letters that show nothing
    "\u17b4\u17b5\ufff9-\ufffc\ufdd0-\ufdef\ufffe\uffff"
    "\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # tags: a whole hidden alphabet. Costs Wales its flag.
    "]"
)
# UAX #15 (stream-safe text): more than any language puts on a letter.
_MOST_ACCENTS = 30
_MAYBE_ACCENTS = re.compile(rf"[^\w\s]{{{_MOST_ACCENTS + 1},}}")
# These stay where they have work to do.
_MARKS = "\u200e\u200f\u061c"
_JOINERS = "\u200c\u200d"
_MONGOLIAN = "\u180b\u180c\u180d\u180f"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_WORKING = re.compile(f"[{_MARKS}{_JOINERS}{_MONGOLIAN}{_SELECTORS}]+")
# Scripts in which a joiner changes letters: Arabic to Myanmar, Khmer, Mongolian, Indonesian and Indic.
_JOINING = re.compile(
    "[\u0600-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00010fff\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)
_IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KEYCAP = "0123456789#*\u2139"
_SHOWS_NOTHING = "\u2800"  # the blank Braille cell


def clean(text: str) -> str:
    """NFC, lines end with one line feed and no blanks, at most two blank lines together, nothing invisible, at
    most 30 accents on a letter.

    Indentation stays. Blank lines around the whole go. Cleaning twice changes nothing more.
    """
    text = _LINE_END.sub("\n", text).replace("\t", " ")
    text = _INVISIBLE.sub("", text)
    text = _nfc(text)
    text = _nfc(_WORKING.sub(_needed, text))  # what stood between a letter and its accent may be gone
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    return re.sub("\n{4,}", "\n\n\n", text)


def _nfc(text: str) -> str:
    """Python orders accents in quadratic time: 32,000 on one letter would stop the whole bot."""
    text = unicodedata.normalize("NFC", _MAYBE_ACCENTS.sub(_fewer_accents, text))
    return _MAYBE_ACCENTS.sub(_fewer_accents, text)  # some are decomposed for good


def _fewer_accents(run: re.Match[str]) -> str:
    kept: list[str] = []
    accents = 0
    for char in run[0]:
        accents = accents + 1 if unicodedata.combining(char) else 0
        if accents <= _MOST_ACCENTS:
            kept.append(char)
    return "".join(kept)


def is_empty(text: str) -> bool:
    """Whether nothing that can be seen is in it."""
    return all(_is_blank(char) for char in clean(text))


def _is_blank(sign: str) -> bool:
    return all(char.isspace() or char in _SHOWS_NOTHING or _WORKING.match(char) is not None for char in sign)


def _needed(run: re.Match[str]) -> str:
    text = run.string
    before = text[run.start() - 1] if run.start() else ""
    after = text[run.end()] if run.end() < len(text) else ""
    kept: list[str] = []
    for char in run[0]:
        if _works(char, kept[-1] if kept else before, after, first=not kept):
            kept.append(char)
    return "".join(kept)


def _works(char: str, before: str, after: str, *, first: bool) -> bool:
    if not before:
        return False
    if char in _MARKS:
        # One, and only beside a letter written from right to left.
        return first and (_is_rtl(before) or _is_rtl(after))
    if char in _MONGOLIAN:
        return first and "\u1800" <= before <= "\u18af"
    if char in _JOINERS:
        if first and _JOINING.match(before):
            return True
        return char == ZWJ and (before == "\ufe0f" or (first and _is_symbol(before))) and _is_symbol(after)
    if not first:
        return False
    if char in "\ufe0e\ufe0f":
        return _is_symbol(before) or before in _KEYCAP
    return _IDEOGRAPH.match(before) is not None or (char == "\ufe00" and unicodedata.category(before) == "Sm")


def _is_rtl(char: str) -> bool:
    return char != "" and unicodedata.bidirectional(char) in {"R", "AL"}


def _is_symbol(char: str) -> bool:
    """May be (part of) an emoji: symbols, skin tones, ‼ and 〰; also ones of Unicode versions to come."""
    return char != "" and (
        unicodedata.category(char) in {"So", "Sm", "Sk"} or char in "‼⁉〰〽" or "\U0001f000" <= char <= "\U0001fbff"
    )
