"""The process of the people on Matrix and of their Synapse: `python -m tests.bench.matrix FOLDER`, orders on stdin, a
line each.

{"do": "bot"}                                → {"user": …, "password": …, "room": a room of its own, for editors}
{"do": "gather", "bot": …, "people": 15}     → {"seconds": …}; each has opened an encrypted direct room with the bot
{"do": "greet", "bot": …, "first": 15}       → {}; the bot has asked so many of them its first question
{"do": "play", "bot": …}                     → {"waits": [seconds of each turn], "seconds": …}, of those who were asked
{"do": "leave word", "bot": …}               → {}; one of those has written while the bot is away
{"do": "heard", "bot": …}                    → {"at": time.monotonic() at which that one had read the answer}
{"do": "greeted", "bot": …}                  → {}; the bot has asked everybody
{"do": "broadcast", "bot": …}                → {"seconds": …} from the order to the last message on the server
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from tests.bench.matrix_crowd import Crowd
from tests.bench.matrix_device import Json
from tests.bench.matrix_people import name
from tests.bench.matrix_person import Person
from tests.bench.matrix_server import Server

PATIENCE = 1800.0
"""seconds for any order"""


class Players:
    def __init__(self, server: Server, web: aiohttp.ClientSession) -> None:
        self._server = server
        self._web = web
        self._bots = count(1)
        self._crowds: dict[str, Crowd] = {}

    async def obey(self, order: Json) -> Json:
        handlers: dict[str, Any] = {
            "bot": self.bot,
            "gather": self.gather,
            "greet": self.greet,
            "play": self.play,
            "leave word": self.leave_word,
            "heard": self.heard,
            "broadcast": self.broadcast,
            "greeted": self.greeted,
        }
        do = order.pop("do")
        async with asyncio.timeout(PATIENCE):
            answer: Json | None = await handlers[do](**order)
        return answer or {}

    async def bot(self) -> Json:
        bot = f"bot{next(self._bots)}"
        user, room = await self._server.new_bot(bot, password=bot)
        self._crowds[user] = Crowd(bot, user)
        return {"user": user, "password": bot, "room": room}

    async def gather(self, bot: str, people: int) -> Json:
        crowd = self._crowds[bot]
        began = time.monotonic()
        for _ in range(people):
            login = await self._server.enter(name(crowd.bot, len(crowd.people)))
            person = Person(self._web, login["user_id"], login["access_token"], login["device_id"])
            await person.invites(bot)
            crowd.people.append(person)
        return {"seconds": time.monotonic() - began}

    async def greet(self, bot: str, first: int) -> None:
        await self._crowds[bot].greet(first)

    async def play(self, bot: str) -> Json:
        return await self._crowds[bot].play()

    async def leave_word(self, bot: str) -> None:
        await self._crowds[bot].leave_word()

    async def heard(self, bot: str) -> Json:
        return {"at": await self._crowds[bot].heard()}

    async def greeted(self, bot: str) -> None:
        await self._server.has_messages(bot, len(self._crowds[bot].people))

    async def broadcast(self, bot: str) -> Json:
        crowd = self._crowds[bot]
        wanted = self._server.messages_of(bot) + len(crowd.people)
        began = time.monotonic()
        await crowd.order_broadcast()
        await self._server.has_messages(bot, wanted)
        seconds = time.monotonic() - began
        await crowd.read_broadcast()
        return {"seconds": seconds}


async def _serve(folder: Path) -> None:
    """Until its input ends or it is told to: also in the middle of an order, as Synapse must not be left behind."""
    serving = asyncio.current_task()
    assert serving is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, serving.cancel)
    async with Server.running(folder) as server, aiohttp.ClientSession(server.url) as web:
        players = Players(server, web)
        _say({"url": server.url})
        orders = asyncio.StreamReader()  # not a thread that reads: it could not be ended
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
        while line := await orders.readline():
            try:
                _say(await players.obey(msgspec.json.decode(line)))
            except Exception as problem:
                _say({"error": f"{type(problem).__name__}: {problem}"})


def _say(answer: Json) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    gc.set_threshold(100_000)
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(_serve(Path(sys.argv[1])))
