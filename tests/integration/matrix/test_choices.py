"""Numbers, words and reactions mean the same choice, however they are written."""

from __future__ import annotations

import pytest

from bot.platforms.matrix.speaking.choices import OPENINGS, TOKENS, meant
from bot.platforms.matrix.speaking.content import words_of
from bot.texts.rich import Rich
from bot.types import Called, Choice, Content, Opening, Tapped, Token
from storage.private import Private

ME = "@newsroom:paper.test"
PROMPT = Content(
    text=Rich.plain("Which?\n1. is no choice"),
    buttons=(
        (Choice(label="Да, пишу", token=Token("t:0")),),
        (Choice(label="Stop", token=Token("!leave:weekly:all")),),
    ),
)
CARD = Content(text=Rich.plain("Story Fox"), buttons=((Opening(label="Open", payload="s-1"),),))


def test_choices_are_numbered_lines_below_the_text() -> None:
    shown = words_of(PROMPT, opens_by_number=False, me=ME)
    assert shown["body"] == "Which?\n1. is no choice\n\n1. Да, пишу\n2. Stop"
    assert shown[TOKENS] == ["t:0", "!leave:weekly:all"]


@pytest.mark.parametrize("said", ["1", " 1. ", "1)", "1️⃣", "1\u20e3", "да,  пишу", "ДА, ПИШУ"])
def test_a_choice_is_meant(said: str) -> None:
    assert meant(words_of(PROMPT, opens_by_number=False, me=ME), said) == Tapped(token=Token("t:0"))


@pytest.mark.parametrize("said", ["3", "0", "-1", "👍", "", "is no choice", "1 2", "9" * 5000, "Which?"])
def test_no_choice_is_meant(said: str) -> None:
    assert meant(words_of(PROMPT, opens_by_number=False, me=ME), said) is None


def test_the_tenth_has_a_key_cap_of_its_own() -> None:
    buttons = tuple((Choice(label=f"n{number}", token=Token(f"t:{number}")),) for number in range(12))
    shown = words_of(Content(text=Rich.plain("?"), buttons=buttons), opens_by_number=False, me=ME)
    assert meant(shown, "🔟") == Tapped(token=Token("t:9"))
    assert meant(shown, "n10") == Tapped(token=Token("t:10"))


def test_a_choice_may_stand_for_a_command() -> None:
    called = Called(name="leave", argument=Private("weekly:all"))
    assert meant(words_of(PROMPT, opens_by_number=False, me=ME), "stop") == called


@pytest.mark.parametrize("said", ["1", "1️⃣", "open"])
def test_in_the_editors_room_an_opening_is_one_of_the_numbers(said: str) -> None:
    shown = words_of(CARD, opens_by_number=True, me=ME)
    assert (shown["body"], shown[OPENINGS]) == ("Story Fox\n\n1. Open", ["s-1"])
    assert meant(shown, said) == Called(name="start", argument=Private("s-1"))


def test_elsewhere_an_opening_says_what_to_send_to_whom() -> None:
    shown = words_of(CARD, opens_by_number=False, me=ME)
    assert shown["body"] == f"Story Fox\n\nOpen: {ME} (https://matrix.to/#/{ME}) !start s-1"
    assert f'<a href="https://matrix.to/#/{ME}">{ME}</a> <code>!start s-1</code>' in shown["formatted_body"]
    assert OPENINGS not in shown


@pytest.mark.parametrize("broken", [{TOKENS: "t:0"}, {TOKENS: [5]}, {TOKENS: None, "body": 5}, {}])
def test_what_is_no_list_of_tokens_means_nothing(broken: dict[str, object]) -> None:
    assert meant(broken, "1") is None
