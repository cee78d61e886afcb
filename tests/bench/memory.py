"""Memory of the service: at rest, at the worst moment of a dialogue of many with photos (both with its children), and
at the worst moment while one person sends the newsroom a whole story at once and gets it shown back.

The children that rebuild photos hold their own pictures and end with them: `memory_load` is the service's own process,
`memory_load_children` is theirs.
"""

from __future__ import annotations

import asyncio
import contextlib
from statistics import median

import msgspec

from tests.bench.lines import Line, less_is_better
from tests.bench.processes import Child
from tests.bench.room import Room, Runner
from tests.bench.story import FILES, TEXTS
from tests.bench.turns import BEFORE, PEOPLE

RUNS = 3
PHOTOS = 100
"""of 1 MB, from as many people"""
REST_SECONDS = 1.0
_EVERY = 0.02
PEER = "python-telegram-bot Application"


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """MB: at its worst, over what it was at rest"""

    own: float
    children: float


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """MB"""

    idle: float
    idle_pss: float | None
    more: float
    """at its worst, over what it was at rest"""


async def memory(room: Room, run: Runner) -> Memory:
    token = await room.token()
    async with run(token) as child:
        await child.outlives(room.ask("polled", token=token))
        await asyncio.sleep(REST_SECONDS)
        idle = child.weight()
        await child.outlives(room.ask("play", token=token, people=BEFORE))
        watching = asyncio.create_task(_worst(child))
        await child.outlives(room.ask("play", token=token, people=PEOPLE, photos=PHOTOS))
        watching.cancel()
        worst = await watching
    room.step()
    return Memory(idle=idle.rss, idle_pss=idle.pss, more=worst - idle.rss)


async def load(room: Room, seed: int) -> Load:
    """Over the newsroom as it is. Raises RuntimeError unless everything came back whole."""
    token = await room.token()
    async with room.newsroom(token, room.configured(token, room.fresh())) as child:
        await child.outlives(room.ask("polled", token=token))
        await asyncio.sleep(REST_SECONDS)
        own, children = child.rss_apart()
        watching = asyncio.create_task(_worst_apart(child))
        told = await child.outlives(room.ask("tell", token=token, seed=seed))
        watching.cancel()
        worst_own, worst_children = await watching
    if told != {"texts": TEXTS, "files": FILES}:
        raise RuntimeError(f"of {TEXTS} texts and {FILES} files only {told} came back whole")
    room.step()
    return Load(own=worst_own - own, children=worst_children - children)


async def _worst_apart(child: Child) -> tuple[float, float]:
    own = children = 0.0
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            now = child.rss_apart()
            own, children = max(own, now[0]), max(children, now[1])
            await asyncio.sleep(_EVERY)
    return own, children


async def load_lines(room: Room) -> list[Line]:
    loads = [await load(room, seed) for seed in range(RUNS)]
    unit = "MB RSS over idle"
    return [
        less_is_better("memory_load", unit, [one.own for one in loads]),
        less_is_better("memory_load_children", unit, [one.children for one in loads]),
    ]


async def _worst(child: Child) -> float:
    worst = 0.0
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            worst = max(worst, child.rss())
            await asyncio.sleep(_EVERY)
    return worst


async def memory_lines(room: Room) -> list[Line]:
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(await memory(room, room.service))
        theirs.append(await memory(room, room.conversation_handler))
    lines = [less_is_better("memory_idle", "MB RSS", [m.idle for m in ours], PEER, [m.idle for m in theirs])]
    pss = [m.idle_pss for m in ours if m.idle_pss is not None]
    other = [m.idle_pss for m in theirs if m.idle_pss is not None]
    if pss and median(pss) > 0:
        lines.append(less_is_better("memory_idle_pss", "MB PSS", pss, PEER, other))
    more = less_is_better("memory_crowd", "MB RSS over idle", [m.more for m in ours], PEER, [m.more for m in theirs])
    return [*lines, more]
