"""Where a benchmark works: a folder on a real disk, the fake Telegram's process, and bots with their programs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from tests.bench.processes import FAKE_CORE, ROOT, SERVICE_CORE, Child, running

Runner = Callable[[str], AbstractAsyncContextManager[Child]]
"""Starts a program for the bot with this token, in a fresh folder."""
_CONFIG = """\
[service]
log_level = "warning"
{database}

[telegram]
token = "{token}"
api_url = "{url}"
file_url = "{url}/file"
editors_chat = -1001234567890
{more}"""


class Room:
    """`step()` is called after every run, for whoever watches."""

    def __init__(self, folder: Path, telegram: Child, url: str, step: Callable[[], None]) -> None:
        self.folder = folder
        self.url = url
        self.step = step
        self._telegram = telegram
        self._count = 0

    async def ask(self, do: str, **facts: Any) -> Any:
        """An order to the fake Telegram (`telegram.py`). Raises RuntimeError with its complaint."""
        await self._telegram.say({"do": do} | facts)
        answer = await self._telegram.line()
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer

    async def token(self) -> str:
        """Of a new bot."""
        return str((await self.ask("bot"))["token"])

    def fresh(self) -> Path:
        """An empty folder."""
        self._count += 1
        folder = self.folder / str(self._count)
        folder.mkdir()
        return folder

    def configured(self, token: str, folder: Path, database: str | None = None, *, paid: bool = False) -> Path:
        """The folder, with a config.toml for this bot. paid: broadcasts at 1000 a second instead of 30."""
        line = f'database = "{database}"' if database else ""
        config = folder / "config.toml"
        more = "paid_broadcasts = true\n" if paid else ""
        config.write_text(_CONFIG.format(database=line, token=token, url=self.url, more=more))
        config.chmod(0o600)
        return folder

    @asynccontextmanager
    async def service(self, token: str, database: str | None = None) -> AsyncIterator[Child]:
        """Ours, with the bench's dialogue and without limits."""
        folder = self.configured(token, self.fresh(), database)
        async with running("-m", "tests.bench.service", "run", core=SERVICE_CORE, folder=folder) as child:
            yield child

    @asynccontextmanager
    async def caster(self, folder: Path, command: str = "run") -> AsyncIterator[Child]:
        """Ours, with the bench's broadcast and with Telegram's limits, in a folder that is configured.

        command: "run", or "worker" for one of several in the same folder
        """
        async with running("-m", "tests.bench.casting", command, core=SERVICE_CORE, folder=folder) as child:
            yield child

    @asynccontextmanager
    async def newsroom(self, token: str, folder: Path) -> AsyncIterator[Child]:
        """Ours as it is, in a folder that is configured."""
        async with running("-m", "bot", "run", core=SERVICE_CORE, folder=folder) as child:
            yield child

    @asynccontextmanager
    async def conversation_handler(self, token: str) -> AsyncIterator[Child]:
        folder = self.fresh()
        module = "tests.bench.peers.conversation_handler"
        arguments = (self.url, token, str(folder / "pickle"))
        async with running("-m", module, *arguments, core=SERVICE_CORE, folder=folder) as child:
            yield child

    @asynccontextmanager
    async def aiogram(self, token: str) -> AsyncIterator[Child]:
        module = "tests.bench.peers.aiogram_fsm"
        async with running("-m", module, self.url, token, core=SERVICE_CORE, folder=self.fresh()) as child:
            yield child


@asynccontextmanager
async def open_room(step: Callable[[], None]) -> AsyncIterator[Room]:
    # Not in /tmp, which is often kept in memory: there a commit costs nothing.
    cache = ROOT / ".cache"
    cache.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=cache))
    try:
        async with running("-m", "tests.bench.telegram", core=FAKE_CORE, folder=folder) as telegram:
            url = (await telegram.line())["url"]
            yield Room(folder, telegram, url, step)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
