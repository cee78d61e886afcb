"""Turns of dialogue in encrypted direct rooms, beside a bot that only echoes; and the first answer after a start.

All of it goes through one Synapse, which takes most of the time of both and shares a core with the people. Before what
is measured everybody has had one answer, so that the devices have each other's keys.
"""

from __future__ import annotations

from tests.bench.lines import Line, less_is_better, more_is_better
from tests.bench.matrix_room import Bot, MatrixRoom, Runner, open_matrix
from tests.bench.room import Room

RUNS = 3
PEOPLE = 15
PEER = "a bare matrix-nio echo, sync_forever and its SQLite store"


async def _run(matrix: MatrixRoom, bot: Bot, run: Runner) -> tuple[float, float]:
    """Turns a second, and the seconds from starting the process anew to its answer to what was written meanwhile."""
    async with run(bot) as child:
        await child.outlives(matrix.ask("gather", bot=bot.user, people=PEOPLE))
        await child.outlives(matrix.ask("greet", bot=bot.user, first=PEOPLE))
        played = await child.outlives(matrix.ask("play", bot=bot.user))
    matrix.step()
    await matrix.ask("leave word", bot=bot.user)
    async with run(bot) as child:
        heard = await child.outlives(matrix.ask("heard", bot=bot.user))
    matrix.step()
    return len(played["waits"]) / played["seconds"], heard["at"] - child.began


async def turns(room: Room) -> list[Line]:
    ours, theirs = [], []
    async with open_matrix(room) as matrix:
        for _ in range(RUNS):
            ours.append(await _run(matrix, await matrix.newsroom(), matrix.service))
            theirs.append(await _run(matrix, await matrix.new_bot(), matrix.echo))
    paces, replies = ([run[what] for run in ours] for what in (0, 1))
    their_paces, their_replies = ([run[what] for run in theirs] for what in (0, 1))
    return [
        more_is_better("matrix_turns", "turns/s", paces, PEER, their_paces),
        less_is_better("matrix_first_reply", "s", replies, PEER, their_replies),
    ]
