"""A passage that is cut out is nowhere any more, and the rest stands as it stood."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.manuscript.cuts import MARK, cut
from storage.private import Private
from tests.unit.manuscript.strategies import WORDS, texts

TEXT = "Анна живёт в Туле.\nВ Туле её знают: Анна  живёт\nв Туле давно."


def shortened(text: str, passage: str) -> str | None:
    found = cut(Private(text), Private(passage))
    return None if found is None else found.reveal()


def test_every_place_is_cut_however_its_words_are_spaced() -> None:
    assert shortened(TEXT, " Анна живёт\tв Туле ") == f"{MARK}.\nВ Туле её знают: {MARK} давно."


@pytest.mark.parametrize("passage", ["", "  \n", "Пермь", "анна"])
def test_what_does_not_stand_there_is_not_cut(passage: str) -> None:
    assert shortened(TEXT, passage) is None


def test_signs_mean_themselves() -> None:
    assert shortened("Сколько? (Трое.)", "? (Трое.)") == f"Сколько{MARK}"


@given(texts, st.lists(st.sampled_from([word for word in WORDS if word not in MARK]), min_size=1, max_size=3))
def test_the_passage_is_gone_and_nothing_else(text: str, words: list[str]) -> None:
    passage = r"\s+".join(map(re.escape, words))
    found = shortened(text, " ".join(words))
    if found is None:
        assert re.search(passage, text) is None
        return
    assert all(re.search(passage, piece) is None for piece in found.split(MARK))
    kept = re.split(passage, text)
    assert found == MARK.join(kept)
