"""Drives a fake Telegram that runs in another process; the same calls as in-process, each awaited.

    telegram = await RemoteTelegram.start()       # starts the process; or RemoteTelegram(url)
    bot = await telegram.bot("newsroom_bot")
    anna = await telegram.person(42, "Anna")
    await anna.starts(bot)
    greeting = await anna.expects("Hello", bot)   # a Seen, as in-process
    hold = await telegram.hold("sendMessage", "after_apply")
    await hold.reached()
    await telegram.faults.too_many(3, method="sendMessage")
    await telegram.stop()

What can be called is the table in `control.py`; an attribute there (`bot.token`) is read by calling it.
"""

from __future__ import annotations

import asyncio
import base64
import sys
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from .seen import Seen

ROOT = Path(__file__).resolve().parents[3]


class RemoteError(Exception):
    """What the fake raised on the other side."""


class Remote:
    """A thing in the other process: a bot, a person, a room, a hold …"""

    def __init__(self, telegram: RemoteTelegram, kind: str, key: Any) -> None:
        self._telegram, self._kind, self._key = telegram, kind, key

    @property
    def id(self) -> Any:
        return self._key

    def __getattr__(self, name: str) -> Any:
        async def call(*args: Any, **named: Any) -> Any:
            return await self._telegram.call((self._kind, self._key), name, args, named)

        return call


class RemoteTelegram(Remote):
    def __init__(self, url: str, process: asyncio.subprocess.Process | None = None) -> None:
        super().__init__(self, "telegram", None)
        self.url = url
        self._process = process
        self._session: aiohttp.ClientSession | None = None
        self.limits = Remote(self, "limits", None)
        self.faults = Remote(self, "faults", None)
        self.ledger = Remote(self, "ledger", None)

    @classmethod
    async def start(cls, *, port: int = 0, seed: int = 0) -> RemoteTelegram:
        """Starts the fake as its own process on a free port; ready when this returns."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.fakes.telegram", "--port", str(port), "--seed", str(seed)),
            stdout=asyncio.subprocess.PIPE,
            cwd=ROOT,
        )
        if process.stdout is None:
            raise AssertionError
        return cls((await process.stdout.readline()).decode().strip(), process)

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()
        if self._process is not None:
            self._process.terminate()
            await self._process.wait()

    async def call(self, on: tuple[str, Any], do: str, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        sent = {name: _packed(value) for name, value in named.items()}
        body = {"on": on, "do": do, "args": [_packed(value) for value in args], "named": sent}
        async with self._session.post(f"{self.url}/control/call", data=msgspec.json.encode(body)) as response:
            answer = msgspec.json.decode(await response.read())
        if "error" in answer:
            if answer["error"] == "TimeoutError":
                raise TimeoutError(answer["message"])
            raise RemoteError(f"{answer['error']}: {answer['message']}")
        return self._unpacked(answer["result"])

    def _unpacked(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._unpacked(item) for item in value]
        if isinstance(value, dict) and "$seen" in value:
            return msgspec.convert(value["$seen"], Seen)
        if isinstance(value, dict) and "$bytes" in value:
            return base64.b64decode(value["$bytes"])
        if isinstance(value, dict) and "$" in value:
            return Remote(self, *value["$"])
        return value


def _packed(value: Any) -> Any:
    if isinstance(value, Remote):
        return {"$": [value._kind, value._key]}
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    if isinstance(value, Seen):
        return {"$seen": msgspec.to_builtins(value)}
    return value
