"""A turn that fails again and again: the person is told calmly, nothing is lost, the next start goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

import handlers
from bot.flows.program import JobKind, Program
from bot.flows.testing import Stage
from bot.flows.turn import Turn
from bot.texts.fluent import Texts
from handlers.contributors.submission import Submit
from storage.inbox import MOST_ATTEMPTS
from storage.store import Store
from tests.clock import Clock
from tests.databases import Newsroom
from tests.integration.flows.conftest import RESTARTS, messenger
from tests.integration.flows.people import STORY, Cast, details

RETRIES = (1, 5, 30, 120)
"""seconds between the attempts"""


class Fault:
    """A fault in the program that a newer version mends."""

    mended = False

    def in_(self, program: Program) -> Program:
        submit = program.effects[Submit]

        async def faulty(turn: Turn, effect: Submit) -> None:
            await submit(turn, effect)
            if not self.mended:
                raise ZeroDivisionError(effect.text.reveal())

        return replace(program, effects={**program.effects, Submit: faulty})


@pytest.fixture
def fault() -> Fault:
    return Fault()


@pytest.fixture
def make_stage(store: Store, texts: Texts, fetch: JobKind, fault: Fault) -> Callable[[str], Stage]:
    return lambda manner: Stage(
        store,
        lambda: fault.in_(handlers.newsroom(fetch)),
        texts,
        adapter=messenger(manner),
        restart_always=manner == RESTARTS,
    )


@pytest.fixture
def cast(stage: Stage, newsroom: Newsroom) -> Cast:
    return Cast(stage=stage, data=newsroom.data)


async def fail_for_good(stage: Stage, clock: Clock) -> None:
    for seconds in RETRIES:
        clock.pass_(seconds=seconds)
        await stage.settle()


async def start_anew(stage: Stage) -> None:
    """As the roof does: a newer program tries again what was parked."""
    async with stage.store.write() as tx:
        await tx.inbox.unpark()
    stage.restart()
    await stage.settle()


async def test_the_story_arrives_once_the_fault_is_mended(
    stage: Stage, cast: Cast, clock: Clock, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    author = cast.author
    await cast.review(author)
    await author.presses("Отправить")
    assert "stories" not in await cast.rows()
    assert [seen for seen in author.chat if "не получилось" in seen.text.text] == []
    await fail_for_good(stage, clock)
    assert [line for line in caplog.messages if f"attempt {MOST_ATTEMPTS + 1}" in line] == []
    await author.expects("ваше сообщение у нас, ничего не пропало")
    assert [seen.text.text for seen in author.chat if "не получилось" in seen.text.text] == [author.last.text.text]
    reference = author.last.text.text.rpartition(": ")[2]
    assert f"turn {reference} failed, attempt 5: ZeroDivisionError" in caplog.text
    assert STORY not in caplog.text
    fault.mended = True
    await start_anew(stage)
    await author.expects("История отправлена")
    assert await cast.text() == STORY
    assert len(stage.sees("editors")) == 1


async def test_a_parked_turn_does_not_hold_up_what_comes_after_it(
    stage: Stage, cast: Cast, clock: Clock, fault: Fault
) -> None:
    author = cast.author
    await cast.review(author)
    await author.presses("Отправить")
    await fail_for_good(stage, clock)
    await author.says("/help")
    await author.expects("Всё верно?")
    fault.mended = True
    await author.says("Отправить")
    await author.expects("История отправлена")
    await start_anew(stage)
    assert (await cast.rows())["stories"] == 1


async def test_it_is_said_in_the_language_that_the_person_chose(stage: Stage, cast: Cast, clock: Clock) -> None:
    author = cast.author
    await author.says("/language")
    await author.presses("English")
    await author.says("/story")
    await author.presses("I understand, begin")
    await author.says("In spring we went out.")
    await author.presses("Done")
    await author.presses("Without a name")
    await details(author)
    await author.presses("Send")
    await fail_for_good(stage, clock)
    await author.expects("we have your message and nothing is lost")
