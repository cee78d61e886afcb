"""When a platform is away somebody tries, one at a time, and whoever can't any more lets the next one."""

from __future__ import annotations

import asyncio

import pytest

from bot.delivery import trouble
from bot.delivery.trouble import Trouble
from bot.outcomes import Delivered, Later

AWAY = Later(after=0.0)


@pytest.fixture
async def away(monkeypatch: pytest.MonkeyPatch) -> Trouble:
    """Its pauses take no time."""
    monkeypatch.setattr(trouble, "_LONGEST_PAUSE", 0.0)
    found = Trouble()
    for _ in range(trouble._IN_A_ROW):
        found.note(AWAY)
    return found


async def tries(away: Trouble, *, stopped: bool = False) -> asyncio.Task[bool]:
    """Ready when it goes or waits."""
    trial = asyncio.create_task(away.over(lambda: stopped))
    await asyncio.sleep(0)
    return trial


async def test_one_tries_at_a_time_and_with_the_first_that_arrives_all_go_on(away: Trouble) -> None:
    first, second = await tries(away), await tries(away)
    assert (first.done(), second.done()) == (True, False)
    away.note(Delivered())
    assert await second
    assert await away.over(lambda: False)


async def test_whoever_was_to_try_and_is_stopped_holds_nobody_up(away: Trouble) -> None:
    assert not await away.over(lambda: True)
    assert await away.over(lambda: False)
    away.pass_on()
    assert await away.over(lambda: False)
