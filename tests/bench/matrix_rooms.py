"""The cost of many direct encrypted rooms: memory, the first answer after a start, and a message to everybody.

The rooms are opened and their people greeted once, unmeasured; then the service is started over them again and again.
Synapse takes about a third of a second for each room, so only `USUAL` of them are opened unless `MANY` are asked for:
`make bench ONLY="matrix_memory_1000_rooms matrix_start_1000_rooms matrix_broadcast_1000_rooms"` takes ten minutes.
"""

from __future__ import annotations

import asyncio

import msgspec

from tests.bench.lines import Line, less_is_better
from tests.bench.matrix_room import Bot, MatrixRoom, open_matrix
from tests.bench.room import Room

RUNS = 3
USUAL = 250
MANY = 1000
_REST_SECONDS = 2.0


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    start: float
    """seconds until the answer to a message that waited"""
    memory: float
    """MB RSS of the service with its children, after the start or after the broadcast, whichever is more"""
    broadcast: float
    """seconds until the last message is on the server"""


def names(rooms: int) -> tuple[str, str, str]:
    return f"matrix_memory_{rooms}_rooms", f"matrix_start_{rooms}_rooms", f"matrix_broadcast_{rooms}_rooms"


async def cost(room: Room, rooms: int) -> list[Line]:
    async with open_matrix(room) as matrix:
        bot = await matrix.newsroom()
        idle = await _fill(matrix, bot, rooms)
        costs = [await _cost(matrix, bot) for _ in range(RUNS)]
    memory, start, broadcast = names(rooms)
    return [
        less_is_better(memory, "MB RSS over one room", [cost.memory - idle for cost in costs]),
        less_is_better(start, "s", [cost.start for cost in costs]),
        less_is_better(broadcast, "s", [cost.broadcast for cost in costs]),
    ]


async def _fill(matrix: MatrixRoom, bot: Bot, rooms: int) -> float:
    """Everybody has a room and has been greeted there. Returns the MB of the service with one room."""
    async with matrix.service(bot) as child:
        await child.outlives(matrix.ask("gather", bot=bot.user, people=1))
        await child.outlives(matrix.ask("greet", bot=bot.user, first=1))
        await asyncio.sleep(_REST_SECONDS)
        idle = child.rss()
        await child.outlives(matrix.ask("gather", bot=bot.user, people=rooms - 1))
        await child.outlives(matrix.ask("greeted", bot=bot.user))
    matrix.step()
    return idle


async def _cost(matrix: MatrixRoom, bot: Bot) -> Cost:
    await matrix.ask("leave word", bot=bot.user)
    async with matrix.service(bot) as child:
        heard = await child.outlives(matrix.ask("heard", bot=bot.user))
        started = child.rss()
        sent = await child.outlives(matrix.ask("broadcast", bot=bot.user))
        memory = max(started, child.rss())
    matrix.step()
    return Cost(start=heard["at"] - child.began, memory=memory, broadcast=sent["seconds"])
