"""Fifty people in conversation while a broadcast to a hundred thousand runs at 1000 a second: how long they wait.

People take at least a second to answer: Telegram lets a bot send one message a second to a person. The broadcast has
not ended by then, so that it runs all the time. One run of three quarters of a minute, with some five hundred turns.
"""

from __future__ import annotations

from statistics import quantiles

from tests.bench.lines import Line, less_is_better, more_is_better
from tests.bench.newsrooms import PAID_PER_SECOND, PER_SECOND, furnished
from tests.bench.room import Room

READERS = 100_000
PEOPLE = 50
SECONDS = 45.0
_PAUSES = 1.0, 7.0
"""seconds: as many answers as Telegram's other limit, of 30 a second, leaves room for"""


async def during_broadcast(room: Room) -> list[Line]:
    """Raises RuntimeError when the broadcast had come to its end."""
    newsroom = await furnished(room, READERS, paid=True)
    token = newsroom.token
    await room.ask("strict", per_second=PAID_PER_SECOND + PER_SECOND)  # what is not paid for has a limit of its own
    async with room.caster(newsroom.folder) as child:
        await child.outlives(room.ask("polled", token=token))
        await newsroom.broadcast()
        await child.outlives(room.ask("accepted", token=token, count=1000))
        before = (await room.ask("tally", token=token))["accepted"]
        town = room.ask("town", token=token, people=PEOPLE, seconds=SECONDS, pauses=_PAUSES)
        waits = (await child.outlives(town))["waits"]
        sent = (await room.ask("tally", token=token))["accepted"]
    if sent >= READERS:
        raise RuntimeError("the broadcast ended while people were in conversation")
    room.step()
    return [
        less_is_better("reply_p99_during_broadcast", "ms", [quantiles(waits, n=100)[-1] * 1000]),
        more_is_better("broadcast_during_replies", "messages/s", [(sent - before - len(waits)) / SECONDS]),
    ]
