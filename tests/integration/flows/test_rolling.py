"""Telling without a trace in the chat: what was said disappears soon after, the draft stays."""

from __future__ import annotations

import pytest

from bot.flows.testing import Person, Stage
from bot.types import FileKind
from tests.clock import Clock
from tests.integration.flows.people import STORY, Cast, finish, labels, photo


@pytest.fixture(autouse=True)
async def sweeper(stage: Stage) -> None:
    """Runs from the start on, as in the service."""
    async with stage.store.write() as tx:
        await tx.timers.set("wipe", b"", tx.now)


async def begin(author: Person) -> None:
    await author.says("/story")
    await author.presses("Начать и стирать переписку по ходу")
    await author.expects("будет исчезать минут через десять–двадцать")
    await author.presses("Коротко и свободно")


async def pass_minutes(stage: Stage, clock: Clock, minutes: int) -> None:
    clock.pass_(minutes=minutes)
    await stage.settle()


async def test_everything_said_is_gone_in_twenty_minutes_and_the_draft_is_not(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    author = cast.author
    await author.says("/start")
    await begin(author)
    clock.pass_(minutes=3)
    await author.says(STORY)
    await pass_minutes(stage, clock, 9)
    await author.reads(STORY)
    await pass_minutes(stage, clock, 11)
    assert author.chat == []
    await author.says("/start")
    await author.expects("Сначала закончим начатое")
    await author.presses("Показать написанное")
    await author.reads(STORY)
    await author.presses("Назад")
    await finish(author)
    await author.presses("Отправить")
    assert await cast.text() == STORY


async def test_who_is_told_nothing_of_it_keeps_the_chat_for_a_day_and_a_half(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    assert "Показать написанное" not in labels(author)
    await pass_minutes(stage, clock, 21)
    await author.reads(STORY)


async def test_it_can_be_begun_and_ended_in_the_middle(stage: Stage, cast: Cast, clock: Clock) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.presses("Отложить")
    await author.presses("Стирать переписку по ходу")
    await author.presses("Больше не стирать по ходу")
    await author.presses("Вернуться к истории")
    await author.says("Нас было трое.")
    await pass_minutes(stage, clock, 21)
    await author.reads("Нас было трое.")
    assert not any(STORY in seen.text.text for seen in author.chat)


@pytest.mark.parametrize("manner", ["telegram"])
async def test_a_photo_that_is_still_on_its_way_is_waited_for(
    stage: Stage, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    author = cast.author
    await begin(author)

    async def not_yet() -> bool:
        return False

    with monkeypatch.context() as patched:
        patched.setattr(stage.clockwork, "work", not_yet)
        await author.sends_photo(photo())
        await pass_minutes(stage, clock, 21)
    assert [seen.kind for seen in author.chat if seen.mine][-1:] == [FileKind.PHOTO]
    await stage.settle()
    await pass_minutes(stage, clock, 21)
    assert author.chat == []
