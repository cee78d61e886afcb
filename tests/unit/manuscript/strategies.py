"""Texts as people write them, small enough that words and paragraphs repeat."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = ("мы", "вышли", "на", "площадь", "весной", "Мы", "и", "не", "боялись", "#", "[…]", "—", "да,", "нет.", "…")
_SPACES = (" ", "  ", " ", " ")

lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).flatmap(
    lambda words: st.sampled_from(_SPACES).map(lambda space: space.join(words))
)
texts = st.lists(st.one_of(lines, lines.map(lambda line: f"# {line}"), st.just("")), max_size=10).map("\n".join)
