"""A tap or typed words, told apart from those of another question."""

from __future__ import annotations

import pytest

from bot.flows.conversation import Asked, new_prompt_id
from bot.types import Token

ASKED = Asked(id="now", values=("yes", "no"), labels=("Да, удалить", "Нет"))


def test_a_button_of_this_question_has_its_value() -> None:
    assert [ASKED.value(ASKED.token(number)) for number in range(2)] == ["yes", "no"]


@pytest.mark.parametrize("token", ["before.0", "now.2", "now.-1", "now.", "now", ".0", "", "now.0.0", "now.x", "now.²"])
def test_no_other_token_has_a_value(token: str) -> None:
    assert ASKED.value(Token(token)) is None


@pytest.mark.parametrize(
    ("text", "numbers", "value"),
    [
        (" да, УДАЛИТЬ ", False, "yes"),
        ("1", True, "yes"),
        ("2.", True, "no"),
        ("2)", True, "no"),
        ("2\ufe0f\u20e3", True, "no"),
        ("2", False, None),
        ("3", True, None),
        ("Да", True, None),
    ],
)
def test_a_choice_is_typed_by_its_words_or_where_there_are_no_buttons_its_number(
    text: str, numbers: bool, value: str | None
) -> None:
    assert ASKED.typed(text, numbers=numbers) == value


def test_a_token_fits_into_telegrams_64_bytes() -> None:
    asked = Asked(id=new_prompt_id(), values=("x",) * 100)
    assert len(asked.token(99).encode()) <= 64
