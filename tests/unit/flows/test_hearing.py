"""What arrived, as a step understands it."""

from __future__ import annotations

import pytest

from bot.flows.conversation import Asked
from bot.flows.flow import Answer, Gave, Picked, Rewrote, Wrote
from bot.flows.hearing import LONGEST_TEXT, hear
from bot.texts.fluent import Message, msg
from bot.types import (
    Body,
    Called,
    ChatKind,
    Choice,
    Edited,
    File,
    FileKind,
    Incoming,
    Said,
    Sent,
    Tapped,
    Token,
    Unsupported,
)
from storage.address import Account, Address, Reference
from storage.private import Private

ASKED = Asked(id="now", values=("done",), labels=("Готово",))
CHAT = Address(platform="stage", bot="main", chat=Private("anna"))


OFFERS = (
    Choice(label="Прочесть вопрос", token=Token("!question:abc")),
    Choice(label="Позже", token=Token("!mine:")),
)
QUESTION = Called(name="question", argument=Private("abc"))


def heard(body: Body, *, numbers: bool = False, offers: tuple[Choice, ...] = ()) -> Answer | Called | Message:
    event = Incoming(
        event="e1",
        chat=CHAT,
        kind=ChatKind.PRIVATE,
        person=Account(platform="stage", person=Private("anna")),
        language_code=None,
        at=0,
        reference=Reference(chat=CHAT, message=Private("m1")),
        body=body,
    )
    return hear(event, ASKED, offers, numbers=numbers)


def text(words: str) -> Private[str]:
    return Private(words)


def test_words_are_cleaned() -> None:
    assert heard(Said(text=text("Да\u200b\r\n"))) == Wrote(text=text("Да"), message=text("m1"))


def test_words_that_are_a_choice_choose() -> None:
    assert heard(Said(text=text("готово"))) == Picked("done")
    assert heard(Said(text=text("1")), numbers=True) == Picked("done")
    assert heard(Said(text=text("1"))) == Wrote(text=text("1"), message=text("m1"))


@pytest.mark.parametrize("words", ["1", "1.", "1\ufe0f\u20e3", "прочесть вопрос"])
def test_a_number_is_of_the_message_that_came_last(words: str) -> None:
    assert heard(Said(text=text(words)), numbers=True, offers=OFFERS) == QUESTION
    assert heard(Said(text=text(words)), offers=OFFERS) != QUESTION


def test_the_words_of_the_question_still_answer_it() -> None:
    assert heard(Said(text=text("Готово")), numbers=True, offers=OFFERS) == Picked("done")
    assert heard(Said(text=text("3")), numbers=True, offers=OFFERS) == Wrote(text=text("3"), message=text("m1"))


def test_an_edit_never_chooses_and_may_leave_nothing() -> None:
    assert heard(Edited(text=text("Готово"))) == Rewrote(text=text("Готово"), message=text("m1"))
    assert heard(Edited(text=text(" \u200b"))) == Rewrote(text=text(""), message=text("m1"))


def test_a_file_brings_its_caption() -> None:
    file = File(kind=FileKind.PHOTO, handle=text("f1"), size=None)
    assert heard(Sent(file=file, caption=text(" x\x00"))) == Gave(file=file, caption=text(" x"), message=text("m1"))


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (Said(text=text(" \n")), "text-is-empty"),
        (Tapped(token=Asked(id="before").token(0)), "tap-is-stale"),
        (Unsupported(), "kind-is-unsupported"),
    ],
)
def test_what_is_no_answer_has_a_sentence_that_says_why(body: Body, key: str) -> None:
    assert heard(body) == msg(key)


def test_of_a_text_without_end_a_part_is_looked_at() -> None:
    answer = heard(Said(text=text("я" * (LONGEST_TEXT + 1))))
    assert isinstance(answer, Wrote)
    assert len(answer.text.reveal()) == LONGEST_TEXT
