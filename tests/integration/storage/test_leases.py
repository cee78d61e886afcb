"""What one process at a time may do, on PostgreSQL: who has the lease, and whose writes still count."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from storage.errors import LeaseLost, WrongKey
from storage.keys import KEK_IN_FORCE
from storage.leases import LEASE_SECONDS, Lease
from storage.shared_clock import SharedClock
from storage.store import Store
from storage.tables import settings
from tests.clock import Clock
from tests.databases import Newsroom


@pytest.fixture
def engine() -> str:
    return "postgresql"


@dataclass
class Worker:
    store: Store

    @property
    def alone(self) -> Store:
        return self.store.alone("telegram")

    @property
    def lease(self) -> Lease:
        assert self.alone.lease is not None
        return self.alone.lease

    async def moves_on(self, position: str) -> None:
        async with self.alone.write() as tx:
            await tx.inbox.set_cursor(b"telegram", position)

    async def position(self) -> str | None:
        async with self.store.read() as tx:
            return await tx.inbox.cursor(b"telegram")


@pytest.fixture
async def workers(newsroom: Newsroom) -> AsyncIterator[tuple[Worker, Worker]]:
    first, second = await newsroom.open(), await newsroom.open()
    yield Worker(first), Worker(second)
    await first.close()
    await second.close()


async def test_one_of_two_has_it_and_it_passes_on_when_its_holder_is_killed(
    workers: tuple[Worker, Worker], clock: Clock
) -> None:
    first, second = workers
    assert [await first.lease.take(), await second.lease.take()] == [True, False]
    clock.pass_(seconds=LEASE_SECONDS - 1)
    assert await first.lease.extend()
    clock.pass_(seconds=LEASE_SECONDS - 1)
    assert not await second.lease.take()
    clock.pass_(seconds=1)
    assert await second.lease.take()
    assert not await first.lease.extend()


async def test_it_passes_on_at_once_when_its_holder_stops(workers: tuple[Worker, Worker]) -> None:
    first, second = workers
    assert await first.lease.take()
    await first.lease.release()
    assert await second.lease.take()
    await first.lease.release()
    assert await second.lease.extend()


async def test_a_holder_that_was_only_slow_moves_no_cursor_any_more(
    workers: tuple[Worker, Worker], clock: Clock
) -> None:
    first, second = workers
    with pytest.raises(LeaseLost):
        await first.moves_on("before anybody had it")
    await first.lease.take()
    await first.moves_on("10")
    clock.pass_(seconds=LEASE_SECONDS)
    await first.moves_on("20")  # late, but nobody else has begun
    await second.lease.take()
    with pytest.raises(LeaseLost, match="Another worker has telegram by now"):
        await first.moves_on("30")
    assert await second.position() == "20"
    clock.pass_(seconds=LEASE_SECONDS)
    assert await first.lease.take()
    await first.moves_on("40")


async def test_nobody_takes_over_in_the_middle_of_what_is_being_written(
    workers: tuple[Worker, Worker], clock: Clock
) -> None:
    first, second = workers
    await first.lease.take()
    async with first.alone.write() as tx:
        await tx.inbox.set_cursor(b"telegram", "10")
        assert await first.lease.extend()  # which this does not hold up
        clock.pass_(seconds=LEASE_SECONDS)
        taking = asyncio.create_task(second.lease.take())
        done, _ = await asyncio.wait([taking], timeout=0.2)
        assert done == set()
    assert await taking
    assert await second.position() == "10"


async def test_time_is_postgresql_s(newsroom: Newsroom) -> None:
    store = await newsroom.open()
    clock = SharedClock()
    clock._ahead += 3600  # as on a machine whose clock is an hour fast
    await clock.set(store.database)
    other = SharedClock()
    await other.set(store.database)
    assert abs(clock.now() - other.now()) < 60
    await store.close()


async def test_what_another_worker_has_shredded_is_forgotten_here(workers: tuple[Worker, Worker]) -> None:
    first, second = workers
    async with first.store.write() as tx:
        key_id, _ = await tx.work.keys.new(tx.work.connection)
    async with second.store.write() as tx:
        await tx.work.shred([key_id])
    assert first.store.keys._known.get(key_id) is not None
    await first.store.keep_in_step()
    assert first.store.keys._known == {}
    assert key_id in second.store.keys._known  # that it is gone for good is remembered


async def test_a_worker_with_an_older_copy_of_the_ring_finds_out(
    workers: tuple[Worker, Worker], newsroom: Newsroom
) -> None:
    first, second = workers
    copy = newsroom.ring.read_bytes()
    number = second.store.keys.ring.add_key()
    async with second.store.write() as tx:
        await tx.work.connection.execute(
            tx.work.upsert(settings), {"name": KEK_IN_FORCE, "value": str(number).encode()}
        )
    await first.store.keep_in_step()
    newsroom.ring.write_bytes(copy)
    first.store.keys.ring.refresh_if_changed()
    with pytest.raises(WrongKey, match="one and the same folder of keys"):
        await first.store.keep_in_step()
