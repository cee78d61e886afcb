"""Readers by weeks: counted on Mondays, drawn for an editor who asks, told in words besides."""

from __future__ import annotations

import pytest

from bot.flows.testing import Stage
from storage.weeks import FEWEST, LEFT, READERS, SENT
from tests.clock import Clock
from tests.integration.flows.people import Cast, enrol, subscribe

pytestmark = pytest.mark.parametrize("manner", ["matrix"])


async def weeks(stage: Stage) -> list[dict[str, int]]:
    async with stage.store.read() as tx:
        return [dict(week.counts) for week in await tx.weeks.since(tx.work.today.replace(year=2000))]


async def sweep(stage: Stage) -> None:
    """As it is daily."""
    async with stage.store.write() as tx:
        await tx.timers.set("sweep", b"", tx.now)
    await stage.settle()


async def a_week_passes(stage: Stage, clock: Clock) -> None:
    clock.pass_(days=7)
    await sweep(stage)


async def test_an_editor_sees_weeks_as_a_picture_and_in_words(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna = await enrol(stage, "anna")
    await anna.says("/figures")
    await anna.presses("Картинкой по неделям")
    await anna.reads("Пока рисовать нечего")
    for number in range(FEWEST + 1):
        await subscribe(stage.person(f"reader{number}"))
    await subscribe(stage.person("one"), "English")
    await a_week_passes(stage, clock)
    await stage.person("reader0").says("/leave")
    await a_week_passes(stage, clock)
    assert await weeks(stage) == [
        {SENT: 0},
        {READERS: 7, "language/ru": 6, "rhythm/at_once": 5, LEFT: 1, SENT: 0},
        {READERS: 6, "language/ru": 5, "rhythm/at_once": 5},
    ]
    await anna.says("/figures")
    await anna.presses("Картинкой по неделям")
    shown = await anna.reads("русский: было 6, стало 5.")
    assert "Сразу: было 5, стало 5." in shown.text.text  # by fives: six and seven are not told apart
    assert "английский" not in shown.text.text
    assert "Отписались" not in shown.text.text  # one is somebody
    assert shown.file is not None
    assert shown.file.startswith(b"\xff\xd8")
    assert cast.files() == 0


async def test_a_week_is_counted_once(stage: Stage, clock: Clock) -> None:
    for number in range(FEWEST):
        await subscribe(stage.person(f"reader{number}"))
    clock.pass_(days=1)  # to a Monday
    await sweep(stage)
    before = await weeks(stage)
    await subscribe(stage.person("late"))
    clock.pass_(days=1)
    await sweep(stage)
    assert await weeks(stage) == before == [{SENT: 0}, {READERS: 5, "language/ru": 5, "rhythm/at_once": 5}]


async def test_what_reached_readers_is_counted_when_its_week_is_over(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna, boris = await cast.editors()
    for number in range(FEWEST):
        await subscribe(stage.person(f"reader{number}"))
    await cast.publish(cast.author, anna, boris)
    await stage.settle()
    await a_week_passes(stage, clock)
    await a_week_passes(stage, clock)
    assert [week.get(SENT) for week in await weeks(stage)] == [FEWEST, 0, None]
