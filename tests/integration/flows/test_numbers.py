"""Without buttons: which message a number means when something has come after the question."""

from __future__ import annotations

from unittest.mock import AsyncMock

import pytest

from bot.flows.testing import Person, Stage
from bot.outcomes import Later
from handlers.policy import DRAFT_SECONDS
from storage.clock import HOUR
from tests.clock import Clock
from tests.integration.flows.library import put_out
from tests.integration.flows.people import STORY, Cast, subscribe


@pytest.fixture
def manner() -> str:
    return "matrix"


@pytest.fixture
async def author(cast: Cast) -> Person:
    """Who also reads, and is telling a story."""
    author = cast.author
    await subscribe(author)
    await cast.begin(author)
    await author.says(STORY)
    await author.expects("Пока в истории 52 знака")
    return author


async def test_a_number_is_of_the_message_that_stands_last(stage: Stage, author: Person) -> None:
    await put_out(stage, "Судья молчала.")
    await author.expects("1. Отписаться")
    await author.says("1")
    await author.reads("Вы отписались")
    await author.expects("1. Больше меня не добавлять")
    await author.says("1")
    await author.reads("из чужих списков мы вас не добавим")
    await author.expects("Пока в истории 52 знака")
    await author.says("1")
    await author.expects("Как подписать историю?")


async def test_a_number_is_never_of_a_message_that_has_not_arrived(
    stage: Stage, author: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(author.adapter, "perform", AsyncMock(return_value=Later(after=0)))
        await put_out(stage, "Судья молчала.")
        await author.says("1")
    clock.pass_(seconds=1)
    await stage.settle()
    await author.expects("Как подписать историю?")
    clock.pass_(seconds=1)  # a story waits for who is being talked with
    await stage.settle()
    await author.expects("Судья молчала.")


async def test_it_is_not_the_next_question_s_either(
    stage: Stage, author: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put_out(stage, "Судья молчала.")
    await author.expects("1. Отписаться")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(author.adapter, "perform", AsyncMock(return_value=Later(after=0)))
        await author.says("Потом нас отпустили.")
        await author.says("1")
    clock.pass_(seconds=1)
    await stage.settle()
    await author.reads("Вы отписались")
    await author.expects("1. Больше меня не добавлять")
    await author.says("1")
    await author.reads("из чужих списков мы вас не добавим")
    await author.expects("Пока в истории 72 знака")
    await author.says("1")
    await author.expects("Как подписать историю?")


async def test_words_and_reactions_still_answer_the_question_above(stage: Stage, author: Person) -> None:
    asked = author.last
    await put_out(stage, "Судья молчала.")
    await author.says("убрать последнее сообщение")
    await author.expects("Расскажите свою историю")
    await author.taps(asked, "Готово")
    await author.reads("Этот номер от прежнего вопроса")
    await author.says(STORY)
    asked = author.last
    await put_out(stage, "Повестку принесли вечером.")
    await author.taps(asked, "Готово")
    await author.expects("Как подписать историю?")


async def test_what_comes_in_between_keeps_no_draft_alive(stage: Stage, author: Person, clock: Clock) -> None:
    clock.pass_(seconds=DRAFT_SECONDS - HOUR)
    await put_out(stage, "Судья молчала.")
    await author.expects("1. Отписаться")
    clock.pass_(seconds=3 * HOUR)
    await stage.settle()
    assert STORY not in author.last.text.text
    await author.says("/story")
    await author.expects("Если есть выбор")
