"""What no receipt says: somebody reads it aloud at home, and a search may find it on paper.

Obscene, sexual, violent, ethnic and religious words, insults, drugs, death and illness; politics, army, police and
prison, which would make a slip of paper look like something. More is barred than need be: there are enough words.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final


def _listed(name: str) -> frozenset[str]:
    return frozenset(files(__package__).joinpath(name).read_text("utf-8").split())


ROOTS: Final = _listed("barred_roots.txt")
"""Wherever they stand in a word."""
WORDS: Final = _listed("barred_words.txt")
"""Single words that an editor's eye found; names, places and makes of cars that the dictionary takes for words."""
