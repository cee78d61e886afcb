"""The words that receipts are made of, and how typed ones are recognised.

`words_ru.txt` holds 8192 Russian words, one a line, sorted. The rules by which they were chosen stand in
`tests/words/rules.py`, the tool that makes the list beside it; tests hold the list to the rules:

* 4 to 9 letters, lower case, е for ё; nouns in the nominative singular, some adjectives and infinitives, each word
  in one form only; well known; no names, places, slang; nothing that offends, frightens or accuses;
* no two within one edit of each other (a letter more, less or another one; two neighbours swapped), nor alike when
  heard. So no slip of the finger makes one word another, and what was typed is one edit from one word or, seldom, two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

_LETTERS: Final = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_LONGEST: Final = 10
"""letters of something typed that may be a word with one too many"""
_WORD: Final = re.compile(r"[^\W\d_]+")


@cache
def words() -> tuple[str, ...]:
    return tuple(files(__package__).joinpath("words_ru.txt").read_text("utf-8").split())


def typed_words(text: str) -> list[str]:
    """What stands between numbers, marks and line breaks; lower case, without ё, stress marks and invisible signs."""
    composed = unicodedata.normalize("NFKC", text)
    # Each sign is looked up once, however long the text: a whole story goes through this in a turn.
    unseen = {ord(sign): None for sign in set(composed) if unicodedata.category(sign) in ("Mn", "Cf")}
    plain = composed.translate(unseen) if unseen else composed
    return _WORD.findall(plain.lower().replace("ё", "е"))


def is_word(typed: str) -> bool:
    return typed in _known()


def recognised(typed: str) -> str | None:
    """The word itself, or the only one that is one edit away; None when there is none, or more than one."""
    if is_word(typed):
        return typed
    if len(typed) > _LONGEST:
        return None
    near = [*_known().intersection(_edits(typed))]
    return near[0] if len(near) == 1 else None


@cache
def _known() -> frozenset[str]:
    return frozenset(words())


def _edits(typed: str) -> Iterator[str]:
    for place in range(len(typed) + 1):
        before, behind = typed[:place], typed[place:]
        yield before + behind[1:]
        yield before + behind[1:2] + behind[:1] + behind[2:]
        for letter in _LETTERS:
            yield before + letter + behind
            yield before + letter + behind[1:]
