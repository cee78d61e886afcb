"""Accounts from which nothing new is taken: until their day, and not an hour longer."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from storage.maintenance import sweep
from storage.store import Store
from storage.tables import blocks
from tests.clock import Clock
from tests.integration.storage.people import account


async def blocked(store: Store, *numbers: int) -> list[bool]:
    async with store.read() as tx:
        return [await tx.blocks.until(account(number)) is not None for number in numbers]


async def block(store: Store, days: int, number: int = 1) -> None:
    async with store.write() as tx:
        await tx.blocks.put(account(number), tx.work.today + timedelta(days=days))


async def test_a_block_ends_by_itself_and_nothing_is_left_of_it(store: Store, clock: Clock) -> None:
    await block(store, 7)
    await block(store, 30, 2)
    assert await blocked(store, 1, 2, 3) == [True, True, False]
    clock.pass_(days=7)
    assert await blocked(store, 1, 2) == [False, True]
    async with store.read() as tx:
        assert await tx.blocks.count() == 1
    await sweep(store)
    async with store.read() as tx:
        assert len((await tx.work.connection.execute(select(blocks))).all()) == 1


async def test_a_shorter_one_does_not_end_a_longer_one(store: Store, clock: Clock) -> None:
    await block(store, 30)
    await block(store, 7)
    clock.pass_(days=29)
    assert await blocked(store, 1) == [True]
