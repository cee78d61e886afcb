"""Whether a text is another with passages cut out: what somebody who can't be asked has agreed to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.manuscript.cuts import MARK, cut, only_cut
from storage.private import Private
from tests.unit.manuscript.strategies import WORDS, texts

TEXT = "Анна живёт в Туле. В Туле её знают."


@pytest.mark.parametrize(
    "now",
    [
        TEXT,
        f"{MARK} живёт в Туле. В Туле её знают.",
        f"Анна живёт в {MARK}. В {MARK} её знают.",
        f"Анна живёт в Туле. {MARK}",
        MARK,
    ],
)
def test_what_is_only_shorter(now: str) -> None:
    assert only_cut(Private(TEXT), Private(now))


@pytest.mark.parametrize(
    "now",
    [
        "Анна живёт в Твери. В Туле её знают.",
        "Анна живёт в Туле.",
        f"{MARK} живёт в Твери. В Туле её знают.",
        f"В Туле её знают. {MARK} Анна живёт в Туле.",
        f"{MARK} Анна живёт в Туле. В Туле её знают. {MARK} И любят.",
        f"Анна живёт в Туле. В Туле её{MARK}Туле её знают.",
        f"Анна живёт в Туле. В {MARK}Анна{MARK} знают.",
        "",
    ],
)
def test_what_says_something_else(now: str) -> None:
    assert not only_cut(Private(TEXT), Private(now))


@given(texts, st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), max_size=4))
def test_however_often_it_is_cut(text: str, passages: list[list[str]]) -> None:
    now = Private(text)
    for words in passages:
        now = cut(now, Private(" ".join(words))) or now
    assert only_cut(Private(text), now)


@given(texts, st.integers(min_value=0))
def test_one_letter_that_was_not_there_is_seen(text: str, place: int) -> None:
    at = place % (len(text) + 1)
    assert not only_cut(Private(text), Private(f"{text[:at]}Ж{text[at:]}"))
