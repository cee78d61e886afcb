"""A chat whose event of yesterday waits for its next attempt has written again today: today's lane is ready, but may
not go first. The dispatcher came back to it without a pause, for up to two minutes.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.flows.testing import Person, Stage
from bot.types import Called
from storage.address import Address
from storage.ids import LaneId
from storage.inbox import Inbox
from storage.private import Private
from tests.clock import Clock

ENOUGH = 5
"""looks at a lane about which nothing can be done now"""


async def written(person: Person, command: str) -> None:
    event = person.stage.event(person, Called(name=command, argument=Private("")), number=None)
    await person.stage.intake.accept([event], source=person.stage.platform, cursor=None)


async def test_today_waits_for_yesterday_without_being_looked_at_for_ever(
    stage: Stage, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, has_earlier_day = 0, Inbox.has_earlier_day

    async def counted(inbox: Inbox, chat: Address, lane: LaneId) -> bool:
        nonlocal looks
        looks += 1
        assert looks <= ENOUGH
        return await has_earlier_day(inbox, chat, lane)

    monkeypatch.setattr(Inbox, "has_earlier_day", counted)
    anna = stage.person("anna")
    clock.set(datetime(2026, 3, 1, 23, 59, 50, tzinfo=UTC))
    await written(anna, "story")
    async with stage.store.write() as tx:
        (lane,) = await tx.inbox.ready_lanes(10)
        failed = await tx.inbox.head(lane)
        assert failed is not None
        await tx.inbox.postpone(failed, tx.now + 120)
    clock.pass_(seconds=20)
    await written(anna, "help")
    await stage.dispatcher.settle()
    assert looks > 0
    async with stage.store.read() as tx:
        assert await tx.inbox.count() == (2, 0)
    clock.pass_(seconds=120)
    await stage.dispatcher.settle()
    async with stage.store.read() as tx:
        assert await tx.inbox.count() == (0, 0)
