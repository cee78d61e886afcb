"""Ten thousand readers against a million: CPU time and memory of the same number of messages, and cutting into shards.

A million messages would take twenty minutes, so each run sends the first few thousand of a broadcast to everybody. The
readers' rows are sealed each with a key of its own, as joining makes them.
"""

from __future__ import annotations

import time

from storage.ids import BroadcastId
from tests.bench.lines import Line, less_is_better
from tests.bench.news import begin
from tests.bench.newsrooms import PAID_PER_SECOND, Newsroom, Rate, furnished, rate
from tests.bench.room import Room

RUNS = 3
FEW, MANY = 10_000, 1_000_000
BEFORE, MESSAGES = 500, 4000
PEER = "ten thousand readers"


async def growth(room: Room) -> list[Line]:
    few, many = [await furnished(room, readers, paid=True) for readers in (FEW, MANY)]
    await room.ask("strict", per_second=PAID_PER_SECOND)
    cuts = [await _cut(many) for _ in range(RUNS)]
    room.step()
    rates: dict[str, list[Rate]] = {few.token: [], many.token: []}
    memory: dict[str, list[float]] = {few.token: [], many.token: []}
    for _ in range(RUNS):
        for newsroom in (few, many):
            found, weight = await _begun(room, newsroom)
            rates[newsroom.token].append(found)
            memory[newsroom.token].append(weight)
            room.step()
    cpu = {token: [one.cpu for one in found] for token, found in rates.items()}
    return [
        less_is_better("growth_cpu", "ms CPU a message", cpu[many.token], PEER, cpu[few.token]),
        less_is_better("growth_memory", "MB RSS", memory[many.token], PEER, memory[few.token]),
        less_is_better("shards_1m", "s", cuts),
    ]


async def _begun(room: Room, newsroom: Newsroom) -> tuple[Rate, float]:
    """What the first messages of a broadcast take, and the process's memory after them."""
    async with newsroom.store() as store:
        broadcast = await begin(store)
    async with room.caster(newsroom.folder) as child:
        found = await rate(room, child, newsroom.token, before=BEFORE, messages=MESSAGES)
        weight, _ = child.rss_apart()
    await _cancel(newsroom, broadcast)
    return found, weight


async def _cut(newsroom: Newsroom) -> float:
    """Seconds: readers counted, shards made and committed."""
    async with newsroom.store() as store:
        row = await begin(store)
        began = time.monotonic()
        async with store.write() as tx:
            found = await tx.broadcasts.find(row)
            if found is None or not await tx.cutting.are_cut(found):
                raise RuntimeError("the broadcast was not cut")
        seconds = time.monotonic() - began
    await _cancel(newsroom, row)
    return seconds


async def _cancel(newsroom: Newsroom, broadcast: BroadcastId) -> None:
    async with newsroom.store() as store, store.write() as tx:
        await tx.broadcasts.cancel(broadcast)
