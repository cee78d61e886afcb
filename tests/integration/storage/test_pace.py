"""Slots of a bot account: over all workers none is given twice, and none comes too early."""

from __future__ import annotations

from itertools import pairwise

from storage.store import Store

BOT, OTHER = "telegram:main", "telegram:second"
RATE = 30.0


async def slots(store: Store, count: int, account: str = BOT) -> list[float]:
    async with store.write() as tx:
        reserved = await tx.pace.reserve(account, count, RATE)
    return [reserved.wait + place * reserved.gap for place in range(count)]


async def test_whoever_reserves_next_gets_what_follows(store: Store) -> None:
    async with store.write() as tx:  # in one moment: else time goes by in between
        first, second = [await tx.pace.reserve(BOT, 5, RATE) for _ in range(2)]
        apart = await tx.pace.reserve(OTHER, 5, RATE)
    assert abs(first.gap - 1 / RATE) < 0.001
    assert first.wait == apart.wait == 0
    assert abs(second.first - first.first - 5 * first.gap) < 0.001


async def test_a_pause_is_everybody_s_and_slows_them_for_a_while(store: Store) -> None:
    usual = await slots(store, 3)
    async with store.write() as tx:
        await tx.pace.hold(BOT, 40, slower=True)
    held = await slots(store, 3)
    assert 30 < held[0] <= 40
    gaps = {round(later - sooner, 3) for sooner, later in pairwise(held)}
    assert gaps == {round(1.05 * (usual[1] - usual[0]), 3)}
    assert (await slots(store, 1, OTHER))[0] < 1


async def test_a_clock_that_was_put_back_does_not_stop_everything(store: Store) -> None:
    async with store.write() as tx:
        await tx.pace.hold(BOT, 10 * 24 * 3600, slower=False)
    assert (await slots(store, 1))[0] <= 3600
