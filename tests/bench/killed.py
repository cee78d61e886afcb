"""A worker is killed in the middle of a broadcast, at Telegram's usual pace: how soon it goes on.

`restart_first_send` counts from the moment at which everything is loaded and opened and the service begins, to the
first message that Telegram accepts; `restart_whole` from the start of the process. `takeover` counts from the kill to
the first message of another worker, who has nothing but the killed one's shards to do: their lease has to run out.
"""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import AsyncExitStack

from sqlalchemy import func, select

from storage.cutting import READERS_A_SHARD
from storage.shards import LEASE_SECONDS
from storage.tables import shards
from tests.bench.lines import Line, less_is_better
from tests.bench.newsrooms import PER_SECOND, Newsroom, furnished, postgresql
from tests.bench.room import Room

RUNS = 3
_BEFORE = 20
"""messages of a life, before it is ended"""
_SHARDS = 2
"""As many as a worker takes at once (`bot/delivery/cast.py`), so that nothing is left to the other."""
_ARRIVING_SECONDS = 1.0
"""So long what a killed worker has sent may take until it is counted."""


async def restart(room: Room) -> list[Line]:
    newsroom = await furnished(room, 1000, paid=False)
    await room.ask("strict", per_second=PER_SECOND)
    await newsroom.broadcast()
    begun, whole = list[float](), list[float]()
    for _ in range(RUNS):
        async with room.caster(newsroom.folder) as child:
            await child.outlives(_sent(room, newsroom, _BEFORE))
            await child.kill()
        await asyncio.sleep(_ARRIVING_SECONDS)
        next_ = asyncio.create_task(_sent(room, newsroom, 1))
        async with room.caster(newsroom.folder) as child:
            service = (await child.line())["at"]
            arrived = await child.outlives(next_)
        begun.append(arrived - service)
        whole.append(arrived - child.began)
        room.step()
    return [
        less_is_better("restart_first_send", "s from the service's beginning", begun),
        less_is_better("restart_whole", "s from the process's start", whole),
    ]


async def takeover(room: Room) -> list[Line]:
    await room.ask("strict", per_second=PER_SECOND)
    waits = [await _taken_over(room) for _ in range(RUNS)]
    return [less_is_better("takeover", f"s from the kill; a lease is of {LEASE_SECONDS}", waits)]


async def _taken_over(room: Room) -> float:
    """Raises RuntimeError when the first worker has left nothing to the other."""
    readers = _SHARDS * READERS_A_SHARD
    async with AsyncExitStack() as opened:
        database = await opened.enter_async_context(postgresql())
        newsroom = await furnished(room, readers, paid=False, database=database)
        other = await opened.enter_async_context(room.caster(newsroom.folder, "worker"))
        await other.outlives(room.ask("polled", token=newsroom.token))
        first = await opened.enter_async_context(room.caster(newsroom.folder, "worker"))
        await first.line()
        other.signal(signal.SIGSTOP)
        try:
            await newsroom.broadcast()
            await first.outlives(_sent(room, newsroom, _BEFORE))
            taken = await _taken(newsroom)
        finally:
            other.signal(signal.SIGCONT)
        if taken != _SHARDS:
            raise RuntimeError("the worker has not taken all shards")
        killed = time.monotonic()
        await first.kill()
        await asyncio.sleep(_ARRIVING_SECONDS)
        if await _accepted(room, newsroom) >= readers:
            raise RuntimeError("the worker had ended before it was killed")
        arrived = float(await other.outlives(_sent(room, newsroom, 1)))
    room.step()
    return arrived - killed


async def _accepted(room: Room, newsroom: Newsroom) -> int:
    return int((await room.ask("tally", token=newsroom.token))["accepted"])


async def _taken(newsroom: Newsroom) -> int:
    """How many shards some worker has."""
    async with newsroom.store() as store, store.read() as tx:
        taken = select(func.count()).select_from(shards).where(shards.c.owner.is_not(None))
        return int((await tx.work.connection.execute(taken)).scalar_one())


async def _sent(room: Room, newsroom: Newsroom, more: int) -> float:
    """The moment at which so many more have been accepted than by now."""
    count = await _accepted(room, newsroom) + more
    return float((await room.ask("accepted", token=newsroom.token, count=count))["at"])
