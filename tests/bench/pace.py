"""A broadcast at Telegram's usual limit of 30 a second: what is accepted in a second, and what is refused.

The fake counts by a strict sliding second, and refuses what is over. Several workers are processes of their own on one
PostgreSQL. One run each: 3,000 readers take a hundred seconds.
"""

from __future__ import annotations

from contextlib import AsyncExitStack

from tests.bench.lines import Line, less_is_better, more_is_better
from tests.bench.newsrooms import PER_SECOND, furnished, postgresql, rate
from tests.bench.room import Room

READERS = 3000
WORKERS = (1, 2, 4)


def names(workers: int) -> tuple[str, str]:
    name = "pace_30" if workers == 1 else f"pace_30_workers_{workers}"
    return name, f"{name}_refused"


async def pace(room: Room, workers: int) -> list[Line]:
    async with AsyncExitStack() as opened:
        database = None if workers == 1 else await opened.enter_async_context(postgresql())
        newsroom = await furnished(room, READERS, paid=False, database=database)
        await room.ask("strict", per_second=PER_SECOND)
        command = "run" if workers == 1 else "worker"
        children = [await opened.enter_async_context(room.caster(newsroom.folder, command)) for _ in range(workers)]
        for child in children:
            await child.line()
        await newsroom.broadcast()
        kept = await rate(room, children[0], newsroom.token, before=1, messages=READERS - 1)
        tally = await room.ask("tally", token=newsroom.token)
    room.step()
    accepted, refused = names(workers)
    return [
        more_is_better(accepted, "messages/s accepted", [kept.per_second]),
        less_is_better(refused, "messages", [tally["refused"]]),
    ]
