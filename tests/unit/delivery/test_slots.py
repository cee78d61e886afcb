"""Slots as a broadcast takes them, by a clock that runs ahead whenever nobody has anything to do."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest

from bot.delivery.slots import BLOCK_SECONDS, Slots
from bot.platforms.telegram.adapter import PAID_PER_SECOND, PER_SECOND
from storage.pace import Reserved

SECONDS = 20.0


class Hurrying(asyncio.SelectorEventLoop):
    """It is later as soon as everybody waits."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0
        selector = cast(Any, self)._selector
        look = selector.select

        def select(timeout: float | None) -> object:
            self._now += timeout or 0.0
            return look(0)

        selector.select = select

    def time(self) -> float:
        return self._now


COMMIT_SECONDS = 0.015


def reserving(per_second: float, others: int = 0) -> Callable[[float], Awaitable[Reserved]]:
    """As the store does it for one worker. others: slots that somebody else takes after each block."""
    end = 0.0

    async def reserve(_per_second: float) -> Reserved:
        nonlocal end
        now, gap = asyncio.get_running_loop().time(), 1 / per_second
        first = max(end, now)
        end = first + (max(5, round(per_second * BLOCK_SECONDS)) + others) * gap
        await asyncio.sleep(COMMIT_SECONDS)
        return Reserved(first=first, gap=gap, now=now)

    return reserve


async def taken(slots: Slots, shortest: float, longest: float) -> int:
    """How many messages are sent, while each is answered after some time between these."""
    loop, dice, number = asyncio.get_running_loop(), random.Random(1), 0
    while loop.time() < SECONDS:
        slot = await slots.take(lambda: False)
        assert slot is not None
        slot.sent = loop.time()
        loop.call_later(dice.uniform(shortest, longest), slots.answered, slot)
        number += 1
    await slots.settle()
    return number


@pytest.mark.parametrize("per_second", [PER_SECOND, PAID_PER_SECOND])
@pytest.mark.parametrize(("shortest", "longest", "share"), [(0.02, 0.12, 0.93), (0.001, 0.02, 0.99)])
def test_whatever_is_late_costs_little(
    monkeypatch: pytest.MonkeyPatch, per_second: float, shortest: float, longest: float, share: float
) -> None:
    slots = Slots(cast(Any, None), "telegram:main", per_second)
    monkeypatch.setattr(slots, "_reserve", reserving(per_second))
    loop = Hurrying()
    try:
        number = loop.run_until_complete(taken(slots, shortest, longest))
    finally:
        loop.close()
    assert number > share * SECONDS * per_second


async def taken_in_vain(slots: Slots) -> int:
    """How many messages are sent, every third of which is held up until it is too late for its slot."""
    loop, number = asyncio.get_running_loop(), 0
    while loop.time() < SECONDS:
        slot = await slots.take(lambda: False)
        assert slot is not None
        if number % 3 == 0:
            await asyncio.sleep(0.012)
        slot = await slots.still(slot)
        slot.sent = loop.time()
        loop.call_later(0.02, slots.answered, slot)
        number += 1
    await slots.settle()
    return number


def test_beside_others_a_slot_that_was_left_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    slots = Slots(cast(Any, None), "telegram:main", PER_SECOND)
    monkeypatch.setattr(slots, "_reserve", reserving(PER_SECOND, others=6))
    loop = Hurrying()
    try:
        number = loop.run_until_complete(taken_in_vain(slots))
    finally:
        loop.close()
    assert number > 0.72 * SECONDS * PER_SECOND / 2


async def held_up(slots: Slots, seconds: float) -> bool:
    """Whether what has the last of some slots, and is held up on its way, goes out with that very slot."""
    slot = None
    for _ in range(12):
        slot = await slots.take(lambda: False)
    assert slot is not None
    await asyncio.sleep(seconds)
    later = await slots.still(slot)
    assert later is slot or asyncio.get_running_loop().time() - later.moment < 0.3 / PER_SECOND
    await slots.settle()
    return later is slot


@pytest.mark.parametrize(
    ("others", "seconds", "keeps"),
    [(0, 0.05, True), (5, 0.05, False), (5, 0.005, True)],
    ids=["alone", "late beside others", "hardly late"],
)
def test_beside_others_what_is_too_late_takes_another_slot(
    monkeypatch: pytest.MonkeyPatch, others: int, seconds: float, keeps: bool
) -> None:
    slots = Slots(cast(Any, None), "telegram:main", PER_SECOND)
    monkeypatch.setattr(slots, "_reserve", reserving(PER_SECOND, others))
    loop = Hurrying()
    try:
        assert loop.run_until_complete(held_up(slots, seconds)) is keeps
    finally:
        loop.close()
