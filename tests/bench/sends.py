"""Messages per second on one core: our outbox, senders and adapter, beside a bare loop that keeps nothing."""

from __future__ import annotations

from tests.bench.lines import Line, more_is_better
from tests.bench.processes import SERVICE_CORE, running
from tests.bench.room import Room

RUNS = 3
MESSAGES = 4000
PEER = "a bare aiogram loop, nothing kept"


async def rate(room: Room, module: str, *, in_folder: bool) -> float:
    token = await room.token()
    first = (await room.ask("crowd", token=token, people=MESSAGES))["first"]
    folder = room.fresh()
    places = (str(folder),) if in_folder else ()
    arguments = (*places, room.url, token, str(first), str(MESSAGES))
    async with running("-m", module, *arguments, core=SERVICE_CORE, folder=folder) as child:
        await child.line()
        await child.say("go")
        sent = await child.outlives(room.ask("accepted", token=token, count=MESSAGES))
        began = (await child.line())["at"]
        await child.say("enough")
    room.step()
    return MESSAGES / float(sent["at"] - began)


async def sends(room: Room) -> list[Line]:
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(await rate(room, "tests.bench.outbox", in_folder=True))
        theirs.append(await rate(room, "tests.bench.peers.aiogram_sends", in_folder=False))
    return [more_is_better("sends", "messages/s", ours, PEER, theirs)]
