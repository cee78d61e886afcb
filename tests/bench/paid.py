"""A broadcast that is paid for, at 1000 a second, by one worker, beside loops that keep nothing or hardly anything.

CPU time is the worker's own: PostgreSQL's server has processes of its own, which share the machine's cores.
"""

from __future__ import annotations

from contextlib import AsyncExitStack

from tests.bench.lines import Line, less_is_better, more_is_better
from tests.bench.newsrooms import PAID_PER_SECOND, Rate, furnished, postgresql, rate
from tests.bench.processes import SERVICE_CORE, running
from tests.bench.room import Room

RUNS = 3
BEFORE, MESSAGES = 500, 6000
"""The first are not measured: by then everything has been used once."""
_AT_ONCE = 124
"""As many of the peers' messages are on their way as of ours (`bot/delivery/outlet.py`)."""
BARE = "a bare aiogram loop, nothing kept"
BROADCASTER = "aiogram-broadcaster"
_MODULES = {BARE: "tests.bench.peers.aiogram_sends", BROADCASTER: "tests.bench.peers.aiogram_broadcaster"}
NAMES = (
    "paid_sqlite",
    "paid_sqlite_vs_broadcaster",
    "paid_sqlite_cpu",
    "paid_postgres",
    "paid_postgres_cpu",
    "paid_refused",
)


async def paid(room: Room) -> list[Line]:
    sqlite, postgres, bare, broadcaster = list[Rate](), list[Rate](), list[Rate](), list[Rate]()
    refused = 0
    for _ in range(RUNS):
        for found, on_postgresql in ((sqlite, False), (postgres, True)):
            kept, over = await _ours(room, on_postgresql=on_postgresql)
            found.append(kept)
            refused += over
        bare.append(await _theirs(room, BARE))
        broadcaster.append(await _theirs(room, BROADCASTER))
    unit = "messages/s accepted"
    return [
        more_is_better("paid_sqlite", unit, _rates(sqlite), BARE, _rates(bare)),
        more_is_better("paid_sqlite_vs_broadcaster", unit, _rates(sqlite), BROADCASTER, _rates(broadcaster)),
        less_is_better("paid_sqlite_cpu", "ms CPU a message", _cpu(sqlite), BARE, _cpu(bare)),
        more_is_better("paid_postgres", unit, _rates(postgres), BARE, _rates(bare)),
        less_is_better("paid_postgres_cpu", "ms CPU a message", _cpu(postgres), BARE, _cpu(bare)),
        less_is_better("paid_refused", "messages in all runs", [refused]),
    ]


def _rates(found: list[Rate]) -> list[float]:
    return [one.per_second for one in found]


def _cpu(found: list[Rate]) -> list[float]:
    return [one.cpu for one in found]


async def _ours(room: Room, *, on_postgresql: bool) -> tuple[Rate, int]:
    """And how many messages were refused."""
    async with AsyncExitStack() as opened:
        database = await opened.enter_async_context(postgresql()) if on_postgresql else None
        newsroom = await furnished(room, BEFORE + MESSAGES, paid=True, database=database)
        await room.ask("strict", per_second=PAID_PER_SECOND)
        child = await opened.enter_async_context(room.caster(newsroom.folder))
        await child.line()
        await newsroom.broadcast()
        found = await rate(room, child, newsroom.token, before=BEFORE, messages=MESSAGES)
        tally = await room.ask("tally", token=newsroom.token)
    room.step()
    return found, tally["refused"]


async def _theirs(room: Room, peer: str) -> Rate:
    """Without a limit: they know none."""
    token = await room.token()
    await room.ask("strict", per_second=None)
    first = (await room.ask("crowd", token=token, people=BEFORE + MESSAGES))["first"]
    arguments = (room.url, token, str(first), str(BEFORE + MESSAGES), str(_AT_ONCE))
    async with running("-m", _MODULES[peer], *arguments, core=SERVICE_CORE, folder=room.fresh()) as child:
        await child.line()
        await child.say("go")
        found = await rate(room, child, token, before=BEFORE, messages=MESSAGES)
        await child.say("enough")
    room.step()
    return found
