"""From starting the process to the first question for updates that Telegram gets."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from tests.bench.lines import Line, less_is_better
from tests.bench.processes import Child
from tests.bench.room import Room

RUNS = 5
PEER = "python-telegram-bot Application.run_polling"


async def seconds(room: Room, token: str, start: AbstractAsyncContextManager[Child]) -> float:
    async with start as child:
        polled = float((await child.outlives(room.ask("polled", token=token)))["at"])
    room.step()
    return polled - child.began


async def start(room: Room) -> list[Line]:
    """A newsroom that was there before: its keys and its database are made by a first start, unmeasured."""
    folder = room.fresh()
    token = await room.token()
    await seconds(room, token, room.newsroom(token, room.configured(token, folder)))
    ours, theirs = [], []
    for _ in range(RUNS):
        token = await room.token()
        ours.append(await seconds(room, token, room.newsroom(token, room.configured(token, folder))))
        token = await room.token()
        theirs.append(await seconds(room, token, room.conversation_handler(token)))
    return [less_is_better("start", "s", ours, PEER, theirs)]
