"""What takes longer than its lease: extended while it is at work, and not any more once somebody else has it."""

from __future__ import annotations

import asyncio

import pytest

from bot.lease import held
from storage.line import Urgency
from storage.store import Store, Transaction


@pytest.fixture
def engine() -> str:
    return "sqlite"


class Lease:
    def __init__(self, *, is_ours: bool) -> None:
        self.is_ours = is_ours
        self.asked: asyncio.Queue[None] = asyncio.Queue()

    async def extend(self, _tx: Transaction) -> bool:
        self.asked.put_nowait(None)
        return self.is_ours


async def test_it_is_extended_for_as_long_as_the_work_takes(store: Store) -> None:
    lease = Lease(is_ours=True)
    async with held(store, lease.extend, every=0, what="a job"):
        for _ in range(3):
            await lease.asked.get()
    ended = lease.asked.qsize()
    async with store.write(Urgency.BOOKS):
        await asyncio.sleep(0)
    assert lease.asked.qsize() == ended


async def test_one_that_is_lost_is_not_asked_for_again(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    lease = Lease(is_ours=False)
    async with held(store, lease.extend, every=0, what="a job"):
        await lease.asked.get()
        for _ in range(3):  # each lets whoever waits for a transaction have one
            async with store.write(Urgency.BOOKS):
                await asyncio.sleep(0)
    assert lease.asked.empty()
    assert caplog.messages == ["the lease of a job was lost while it was at work"]
