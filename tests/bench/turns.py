"""Turns of dialogue: two hundred people at once, everything committed and sealed, beside those who keep less."""

from __future__ import annotations

from functools import partial
from statistics import quantiles

import msgspec

from tests.bench.lines import Line, less_is_better, more_is_better
from tests.bench.room import Room, Runner
from tests.databases import Server

RUNS = 3
PEOPLE = 200
BEFORE = 20
"""people who go before, unmeasured: until they are through, everything has been used once"""
HANDLER = "python-telegram-bot ConversationHandler, PicklePersistence"
FSM = "aiogram FSM, MemoryStorage"


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    per_second: float
    p99: float
    """milliseconds"""


async def pace(room: Room, run: Runner) -> Pace:
    token = await room.token()
    async with run(token) as child:
        await child.outlives(room.ask("play", token=token, people=BEFORE))
        played = await child.outlives(room.ask("play", token=token, people=PEOPLE))
    room.step()
    waits = played["waits"]
    return Pace(per_second=len(waits) / played["seconds"], p99=quantiles(waits, n=100)[-1] * 1000)


async def on_sqlite(room: Room) -> list[Line]:
    ours, handler, fsm = [], [], []
    for _ in range(RUNS):
        ours.append(await pace(room, room.service))
        handler.append(await pace(room, room.conversation_handler))
        fsm.append(await pace(room, room.aiogram))
    per_second = [one.per_second for one in ours]
    slowest = [one.p99 for one in ours]
    return [
        more_is_better("turns", "turns/s", per_second, HANDLER, [one.per_second for one in handler]),
        more_is_better("turns_vs_aiogram", "turns/s", per_second, FSM, [one.per_second for one in fsm]),
        less_is_better("turn_p99", "ms", slowest, HANDLER, [one.p99 for one in handler]),
        less_is_better("turn_p99_vs_aiogram", "ms", slowest, FSM, [one.p99 for one in fsm]),
    ]


async def on_postgresql(room: Room) -> list[Line]:
    """With PostgreSQL's own fsync, as it is in service; its server shares the fake's and the service's cores."""
    ours, handler = [], []
    server = Server()
    try:
        for number in range(RUNS):
            name = f"bench{number}"
            await server.run(f"CREATE DATABASE {name}")
            ours.append(await pace(room, partial(room.service, database=server.url(name))))
            handler.append(await pace(room, room.conversation_handler))
    finally:
        server.stop()
    per_second = [one.per_second for one in ours]
    return [more_is_better("turns_postgres", "turns/s", per_second, HANDLER, [one.per_second for one in handler])]
