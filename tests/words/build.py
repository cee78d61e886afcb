"""Makes the receipts' word list again: `python -m tests.words.build > storage/vault/words_ru.txt`.

Needs wordfreq (what Russian is written: frequencies), pymorphy3 and pymorphy3-dicts-ru (what a word is) in a virtual
environment of its own; the project needs none of them. Another version of these may choose other words: a test pins
the list, because a word that is taken out makes the receipts unreadable in which it stands.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

from tests.words.rules import COUNT, RAREST, apart, fits

_READ: Final = 400_000
"""frequent words, in all their forms"""
_KINDS: Final = ("NOUN", "ADJF", "INFN")
"""in the order in which they are taken: a noun is more easily remembered"""
_NAMES: Final = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn"})
"""pymorphy's marks of people, places, firms: a word that may be one is left out"""
_UNUSED: Final = frozenset(
    {"Trad", "Abbr", "Init", "Infr", "Slng", "Arch", "Dist", "Erro", "Litr", "Poss", "V-oy", "Hypo"}
    | {"plur", "Apro", "Anum"}
)
"""short, colloquial, old, misspelt; plurals, pronouns, numerals"""


def candidates() -> Iterator[tuple[int, float, str]]:
    """Kind, frequency (negative, so that sorting begins with the best known) and word."""
    frequencies: Any = import_module("wordfreq")
    morphology: Any = import_module("pymorphy3").MorphAnalyzer(lang="ru")
    for found in frequencies.top_n_list("ru", _READ):
        word = found.replace("ё", "е")
        known = [parse for parse in morphology.parse(found) if parse.is_known] if fits(word) else []
        if not known or any(_marks(parse) & _NAMES for parse in known):
            continue
        best = max(known, key=lambda parse: parse.score)
        frequency = frequencies.zipf_frequency(found, "ru")
        kind = str(best.tag.POS)
        itself = best.normal_form.replace("ё", "е") == word
        indeclinable = kind == "ADJF" and not word.endswith(("ый", "ий", "ой"))
        if itself and kind in _KINDS and frequency >= RAREST and not indeclinable and not _marks(best) & _UNUSED:
            yield _KINDS.index(kind), -frequency, word


def _marks(parse: Any) -> set[str]:
    return {str(mark) for mark in parse.tag.grammemes}


if __name__ == "__main__":
    chosen = apart(dict.fromkeys(word for _, _, word in sorted(candidates())))[:COUNT]
    sys.stdout.write("".join(f"{word}\n" for word in sorted(chosen)))
