"""Where a benchmark on Matrix works: Synapse with its people in one process, and bots with their folders."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec

from tests.bench.processes import FAKE_CORE, ROOT, SERVICE_CORE, Child, running
from tests.bench.room import Room

_MEMORY = Path("/dev/shm")
_ENOUGH = 2 * 1024**3
"""bytes free there, for the server's database"""
_CONFIG = """\
[service]
log_level = "warning"

[matrix]
homeserver = "{url}"
user = "{user}"
editors_room = "{room}"
"""


class Bot(msgspec.Struct, frozen=True, kw_only=True):
    """An account on Synapse, and the folder of the program that has it."""

    user: str
    password: str
    room: str
    """for its editors"""
    folder: Path


class MatrixRoom:
    def __init__(self, room: Room, people: Child, url: str) -> None:
        self.step = room.step
        self._room = room
        self._people = people
        self._url = url

    async def ask(self, do: str, **facts: Any) -> Any:
        """An order to the people (`matrix.py`). Raises RuntimeError with their complaint."""
        await self._people.say({"do": do} | facts)
        answer = await self._people.line()
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer

    async def new_bot(self) -> Bot:
        """For the peer: it logs in by itself."""
        return Bot(**await self.ask("bot"), folder=self._room.fresh())

    async def newsroom(self) -> Bot:
        """For ours: `tamizdat init` has logged in. Raises RuntimeError when that fails."""
        bot = await self.new_bot()
        config = bot.folder / "config.toml"
        config.write_text(_CONFIG.format(url=self._url, user=bot.user, room=bot.room))
        config.chmod(0o600)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "init"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=bot.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        said, _ = await process.communicate(f"{bot.password}\n".encode())
        if process.returncode:
            raise RuntimeError(f"`init` failed:\n{said.decode()}")
        return bot

    @asynccontextmanager
    async def service(self, bot: Bot) -> AsyncIterator[Child]:
        """Ours, with the bench's dialogue and without limits."""
        async with running("-m", "tests.bench.matrix_service", "run", core=SERVICE_CORE, folder=bot.folder) as child:
            yield child

    @asynccontextmanager
    async def echo(self, bot: Bot) -> AsyncIterator[Child]:
        arguments = (self._url, bot.user, bot.password)
        module = "tests.bench.peers.nio_echo"
        async with running("-m", module, *arguments, core=SERVICE_CORE, folder=bot.folder) as child:
            yield child


Runner = Callable[[Bot], AbstractAsyncContextManager[Child]]
"""Starts a program for this bot, whose folder may know it already."""


@asynccontextmanager
async def open_matrix(room: Room) -> AsyncIterator[MatrixRoom]:
    """Synapse's database lies in memory where there is room: it is the bottleneck, and not what is measured."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if _is_roomy() else room.folder, prefix="synapse-") as folder:
        async with running("-m", "tests.bench.matrix", folder, core=FAKE_CORE, folder=room.fresh()) as people:
            url = (await people.line())["url"]
            yield MatrixRoom(room, people, url)


def _is_roomy() -> bool:
    return _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ENOUGH
