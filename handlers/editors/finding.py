"""Whether a story is meant by what an editor typed: its alias, its status, its topic; ё is е, capitals don't count."""

from __future__ import annotations

import re

from storage.private import Private

_SHORTEST = 3
"""Letters of a word that is looked for in statuses and topics: shorter ones are in most of them."""


def is_meant(query: Private[str], alias: str, *sayings: str) -> bool:
    """`query` is the beginning of the alias, or each of its words is among the alias's or the sayings' words.

    Endings are forgiven: Russian words have many.
    """
    wanted = folded(query.reveal())
    if folded(alias).startswith(wanted):
        return True
    known, spoken = folded(alias).split(), folded(" ".join(sayings)).split()
    words = [word for word in wanted.split() if len(word) >= _SHORTEST] or wanted.split()
    return all(
        any(other.startswith(word) for other in known) or any(_alike(word, other) for other in spoken) for word in words
    )


def folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("ё", "е")))


def _alike(word: str, other: str) -> bool:
    """The same but for the ending."""
    if len(word) < _SHORTEST or len(other) < _SHORTEST:
        return False
    return other.startswith(word[: max(_SHORTEST, len(word) - 2)])
