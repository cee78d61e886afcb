"""The process of the fake Telegram and its people: `python -m tests.bench.telegram`, orders on stdin, a line each.

{"do": "bot"}                                             → {"token": …}
{"do": "play", "token": …, "people": 200, "photos": 0}    → {"seconds": …, "waits": [seconds of each turn]}
{"do": "town", "token": …, "people": 40, "seconds": 40, "pauses": [1, 7],
 "guesses": 2.8 a second, "right": "seven words"}
                                                          → {"waits": [seconds], "found": [seconds of right ones]}
{"do": "tell", "token": …, "seed": 1}                     → {"texts": …, "files": …}, those that came back whole
{"do": "crowd", "token": …, "people": 5000}               → {"first": the first person's id}
{"do": "accepted", "token": …, "count": 4000}             → {"at": time.monotonic() of the bot's 4000th message}
{"do": "strict", "per_second": 30}                        → {}: from now on Telegram's limits are kept; null: none
{"do": "tally", "token": …}                               → {"accepted": …, "refused": …, "peak": … in a second}
{"do": "polled", "token": …}                              → {"at": time.monotonic() of the bot's first getUpdates}
"""

from __future__ import annotations

import asyncio
import gc
import io
import random
import sys
import time
from functools import cache
from itertools import count
from typing import Any

import msgspec
from PIL import Image

from tests.bench import story
from tests.bench.people import Crowd, WatchedTelegram
from tests.bench.teller import Teller
from tests.bench.town import PAUSES, Town
from tests.fakes.telegram import Bot
from tests.fakes.telegram.model import Json

PATIENCE = 300.0
"""seconds for one dialogue of everybody"""


class Players:
    def __init__(self, telegram: WatchedTelegram) -> None:
        self._telegram = telegram
        self._bots = count(1)
        self._ids = count(1_000_000)
        self._crowds: dict[str, Crowd | Town] = {}
        self._awaited: dict[str, tuple[int, asyncio.Future[float]]] = {}
        self._polled: dict[str, asyncio.Future[float]] = {}
        telegram.on_call = self._called

    async def obey(self, order: Json) -> Json:
        handlers: dict[str, Any] = {
            "bot": self.bot,
            "play": self.play,
            "town": self.town,
            "tell": self.tell,
            "crowd": self.crowd,
            "accepted": self.accepted,
            "strict": self.strict,
            "tally": self.tally,
            "polled": self.polled,
        }
        do = order.pop("do")
        answer: Json = await handlers[do](**order)
        return answer

    async def bot(self) -> Json:
        gc.collect()
        gc.freeze()
        bot = self._telegram.bot(f"bench{next(self._bots)}_bot")
        self._polled[bot.token] = asyncio.get_running_loop().create_future()
        return {"token": bot.token}

    async def play(self, token: str, people: int, photos: int = 0) -> Json:
        everybody = [self._telegram.person(next(self._ids)) for _ in range(people)]
        crowd = Crowd(self._bot(token), everybody, photo() if photos else None, photos)
        self._crowds[token] = crowd
        crowd.begin()
        async with asyncio.timeout(PATIENCE):
            await crowd.ended
        return {"seconds": crowd.finished - crowd.began, "waits": crowd.waits}

    async def town(
        self,
        token: str,
        people: int,
        seconds: float,
        guesses: float = 0.0,
        right: str = "",
        pauses: tuple[float, float] = PAUSES,
    ) -> Json:
        town = Town(self._telegram, self._bot(token), self._ids, people, random.Random(people), pauses)
        self._crowds[token] = town
        async with asyncio.timeout(PATIENCE):
            await town.live(seconds, guesses, right)
        return {"waits": town.waits, "found": town.found}

    async def tell(self, token: str, seed: int) -> Json:
        photos = [photo(number) for number in range(story.PHOTOS)]
        person = self._telegram.person(next(self._ids))
        teller = Teller(self._telegram, self._bot(token), person, photos, random.Random(seed))
        async with asyncio.timeout(PATIENCE):
            await teller.tell()
        return {"texts": teller.texts(), "files": teller.files()}

    async def crowd(self, token: str, people: int) -> Json:
        first = next(self._ids)
        self._ids = count(first + people)
        self._bot(token).crowd(first, people)
        return {"first": first}

    async def accepted(self, token: str, count: int) -> Json:
        """To be asked before they are sent."""
        self._awaited[token] = count, asyncio.get_running_loop().create_future()
        async with asyncio.timeout(PATIENCE):
            return {"at": await self._awaited[token][1]}

    async def strict(self, per_second: int | None) -> Json:
        limits = self._telegram.limits
        if per_second is None:
            limits.off()
        else:
            limits.strict(per_second=per_second)
        return {}

    async def tally(self, token: str) -> Json:
        tally = self._bot(token).tally()
        return {"accepted": tally.accepted, "refused": tally.refused, "peak": tally.peak}

    async def polled(self, token: str) -> Json:
        async with asyncio.timeout(PATIENCE):
            return {"at": await self._polled[token]}

    def _bot(self, token: str) -> Bot:
        bot = self._telegram.bot_by_token(token)
        if bot is None:
            raise LookupError("no such bot")
        return bot

    def _called(self, bot: Bot, method: str, given: Json) -> None:
        if method in ("sendMessage", "editMessageText") and bot.token in self._crowds:
            self._crowds[bot.token].see(int(given["chat_id"]), given["text"])
        elif method == "sendMessage" and bot.token in self._awaited:
            count, reached = self._awaited[bot.token]
            if bot.tally().accepted >= count and not reached.done():
                reached.set_result(time.monotonic())
        elif method == "getUpdates" and not (polled := self._polled[bot.token]).done():
            polled.set_result(time.monotonic())


@cache
def photo(seed: int = 1) -> bytes:
    """A JPEG of about 1 MB: noise, which no camera's photo is smaller than."""
    side = 900
    image = Image.frombytes("RGB", (side, side), random.Random(seed).randbytes(side * side * 3))
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=80)
    return jpeg.getvalue()


async def _serve() -> None:
    telegram = WatchedTelegram()
    players = Players(telegram)
    async with telegram:
        _say({"url": telegram.url})
        while line := await asyncio.to_thread(sys.stdin.buffer.readline):
            try:
                _say(await players.obey(msgspec.json.decode(line)))
            except Exception as problem:
                _say({"error": f"{type(problem).__name__}: {problem}"})


def _say(answer: Json) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    # The world only grows: looking through all of it for rubbish would make a bot wait for longer and longer, as no
    # Telegram does. It is looked through when the next bot comes.
    gc.disable()
    asyncio.run(_serve())
