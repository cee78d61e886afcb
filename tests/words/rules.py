"""The rules of the receipts' words; the list is made by them (`build.py`) and tested against them.

* 4 to 9 letters, а–я, ё written as е: nobody has to guess which of the two it was.
* A noun in the nominative singular, an adjective in its dictionary form, an infinitive: so each word comes once. No
  verbs in -ся beside the same without it, no adjectives in -ский, nothing made of names or places, no slang.
* Known to everybody: at least 2.4 on the Zipf scale of written Russian, two to three times in ten million words.
* Left out: what `barred.py` names.
* No two are alike on paper: whichever letter is left out of each, they still differ. So a letter that was mistyped,
  forgotten, doubled or swapped with its neighbour never makes one word of the list another one.
* No two are alike in the ear: unstressed vowels, voiced and unvoiced, double and soft consonants count as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from tests.words.barred import ROOTS, WORDS

COUNT: Final = 8192
"""13 bits a word, 91 in a receipt of seven"""
SHORTEST: Final = 4
LONGEST: Final = 9
RAREST: Final = 2.4
"""on the Zipf scale: the logarithm of how often a word comes in a thousand million"""

_SPELLING: Final = re.compile(f"[а-я]{{{SHORTEST},{LONGEST}}}")
_BARRED: Final = re.compile("|".join(sorted(ROOTS)))
_ENDINGS: Final = re.compile("(?:[сц]кий|ся|изм|[ая]нин|ое|ее|ая|яя)$")
_ALIKE: Final = str.maketrans("оеэяыюбвгджзщ", "аииииупфктшсш", "ьъ")
_DOUBLE: Final = re.compile(r"(.)\1+")


def fits(word: str) -> bool:
    """Whether the word alone keeps the rules; how it stands to the others is another question."""
    named = word in WORDS or _BARRED.search(word) or _ENDINGS.search(word)
    return _SPELLING.fullmatch(word) is not None and not named


def traces(word: str) -> set[str]:
    """The word, and what is left of it without one letter: two words within one edit have one in common."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def sound(word: str) -> str:
    """Roughly how it is heard when somebody dictates it."""
    return _DOUBLE.sub(r"\1", word.translate(_ALIKE))


def apart(words: Iterable[str]) -> list[str]:
    """The words in their order, without those that look or sound like an earlier one."""
    kept, seen, heard = [], set[str](), set[str]()
    for word in words:
        if sound(word) in heard or not seen.isdisjoint(traces(word)):
            continue
        heard.add(sound(word))
        seen |= traces(word)
        kept.append(word)
    return kept
