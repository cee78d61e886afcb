"""Two workers stumbled over one damaged event. The first put it aside; the second then put aside whatever had become
the lane's first in the meantime: a good event, which waited for the next start of the service.
"""

from __future__ import annotations

import pytest
from sqlalchemy import update

from storage.errors import VaultError
from storage.ids import LaneId
from storage.inbox import MOST_ATTEMPTS
from storage.store import Store
from storage.tables import inbox
from tests.clock import Clock
from tests.integration.storage.people import first_waiting, receive, says


async def damaged_and_good(store: Store) -> LaneId:
    await receive(store, says("1", "damaged"))
    async with store.write() as tx:
        await tx.work.connection.execute(update(inbox).values(body=b"\x01" * 200))
    await receive(store, says("2", "good"))
    async with store.read() as tx:
        (lane,) = await tx.inbox.ready_lanes(10)
        with pytest.raises(VaultError):
            await tx.inbox.head(lane)
    return lane


async def park(store: Store, lane: LaneId) -> None:
    async with store.write() as tx:
        await tx.inbox.park_head(lane)


async def test_only_the_damaged_one_is_put_aside(store: Store, clock: Clock) -> None:
    lane = await damaged_and_good(store)
    await park(store, lane)
    await park(store, lane)
    async with store.read() as tx:
        assert await tx.inbox.count() == (1, 1)
    clock.pass_(seconds=1)
    async with store.read() as tx:
        good = await first_waiting(tx)
        assert good is not None
        assert good.body == b"good"


async def test_an_event_that_opens_but_is_nonsense_to_its_reader_is_parked_in_the_end(
    store: Store, clock: Clock
) -> None:
    await receive(store, says("1", "of a shape that nobody knows"))
    async with store.read() as tx:
        (lane,) = await tx.inbox.ready_lanes(10)
    for _ in range(MOST_ATTEMPTS):
        await park(store, lane)
        await park(store, lane)  # at once again: it waits, and that costs nothing
        clock.pass_(seconds=1)
    async with store.read() as tx:
        assert await tx.inbox.count() == (0, 1)
