"""The real service as a process of its own, in a folder of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import psutil
from sqlalchemy import exists, select

from storage.broadcast import State
from storage.database import sqlite_url
from storage.opening import open_store
from storage.store import Store
from storage.tables import timers
from storage.vault import KeyFile, create_root_key, load_root_key
from tests.acceptance.standstill import standstill
from tests.databases import Newsroom
from tests.fakes.telegram.fake import FakeTelegram
from tests.fakes.telegram.places import Room
from tests.fakes.telegram.robots import Bot
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
REAL = ("-m", "bot")
HURRIED = ("-m", "tests.acceptance.hurried")
"""Nobody waits hours for a card."""
_OPEN = "the newsroom is open"


@dataclass(frozen=True, kw_only=True)
class Home:
    """Where everything of one newsroom lies. Each folder is a part of the marker scan; so is the log."""

    folder: Path
    database: str | None

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    @property
    def log(self) -> Path:
        return self.folder / "service.log"

    @classmethod
    def furnish(cls, newsroom: Newsroom, fake: FakeTelegram, bot: Bot, editors: Room, channel: Room) -> Home:
        """A config file, and folders that are still empty."""
        return cls.with_config(
            newsroom,
            f'[telegram]\ntoken = "{bot.token}"\napi_url = "{fake.url}"\nfile_url = "{fake.url}/file"\n'
            f"editors_chat = {editors.id}\n[telegram.channels]\nru = {channel.id}\n",
        )

    @classmethod
    def with_config(cls, newsroom: Newsroom, platform: str) -> Home:
        """platform: the part of the config file that names it."""
        home = cls(folder=newsroom.home, database=newsroom.url)
        home.temporary.mkdir(mode=0o700, parents=True)
        database = "" if home.database is None else f'database = "{home.database}"\n'
        home.config.write_text(f'[service]\ndata = "data"\nkeys = "keys"\n{database}\n{platform}')
        home.config.chmod(0o600)
        return home

    async def found(self) -> None:
        """What the first start would do: root key, tables, ring. For tests that need a filled store before it."""
        create_root_key(self.keys / "root.key")
        async with self.store():
            pass

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        """Beside the service, as the command line opens it."""
        root = load_root_key(KeyFile(path=self.keys / "root.key"))
        store = await open_store(root=root, ring=self.keys / "ring", data=self.data, database=self.database)
        try:
            yield store
        finally:
            await store.close()

    @property
    def places(self) -> list[Path]:
        """Where the service writes. The config file is not among them: it holds the token."""
        return [self.data, self.keys, self.temporary, self.log]

    @property
    def begun(self) -> float:
        """The time of the config file: what is older can't hold anything of this newsroom."""
        return self.config.stat().st_mtime

    async def database_places(self) -> list[Path]:
        """PostgreSQL's own folder, with everything in it that was still in memory."""
        if self.database is None:
            return []
        connection = await asyncpg.connect(self.database.replace("+asyncpg", ""))
        try:
            await connection.execute("CHECKPOINT")
            return [Path(await connection.fetchval("SHOW data_directory"))]
        finally:
            await connection.close()

    async def settled(self, patience: float) -> None:
        """Nothing waits in the service any more. Says what does when that never comes."""
        try:
            async with self.store() as store, asyncio.timeout(patience):
                while await _waiting(store):  # noqa: ASYNC110 - another process's rows make no sound here
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"something still waits:\n{await self.last_words()}") from None

    async def last_words(self) -> str:
        """Of a service that did not do what it should: what it stands still at, and the end of its log."""
        return f"{await standstill(self.database or sqlite_url(self.data))}\nlog:\n{self.log.read_text()[-4000:]}"

    async def run(self, *arguments: str, program: Sequence[str] = REAL) -> tuple[int, str]:
        """One command to its end: its exit code and what it said; the log gets that too."""
        process = await self.spawn(*arguments, program=program, stdout=asyncio.subprocess.PIPE)
        said, _ = await process.communicate()
        with self.log.open("ab") as log:
            log.write(said)
        assert process.returncode is not None
        return process.returncode, said.decode()

    async def spawn(
        self, *arguments: str, program: Sequence[str] = REAL, stdout: int | None = None
    ) -> asyncio.subprocess.Process:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TAMIZDAT_")}
        with self.log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, *program, *arguments),
                cwd=self.folder,
                env=kept | {"TMPDIR": str(self.temporary), "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=stdout or log,
                stderr=log,
            )


async def _waiting(store: Store) -> bool:
    async with store.read() as tx:
        inbox, parked = await tx.inbox.count()
        assert parked == 0, "a turn failed again and again"
        # The service's clock may be ahead of ours by less than a second; both count whole ones.
        rings = select(exists().where(timers.c.due <= tx.now + 1))
        soon = (await tx.work.connection.execute(rings)).scalar()
        under_way = [one for one in await tx.broadcasts.open() if one.state is State.RUNNING]
        return bool(inbox or await tx.outbox.count() or await tx.jobs.count() or soon or under_way)


class Lives:
    """The real process: it starts, is killed, starts again; what each platform calls ready is said by who inherits.

    `program` is asked at each start; `on_death` is told the moment of each SIGKILL, in `time.monotonic()`.
    """

    def __init__(
        self,
        home: Home,
        program: Callable[[], Sequence[str]] = lambda: HURRIED,
        on_death: Callable[[float], None] = lambda _moment: None,
        command: str = "run",
    ) -> None:
        self.home = home
        self._command = command
        self.deaths = 0
        self._program = program
        self._on_death = on_death
        self._children: list[psutil.Process] = []
        self._process: asyncio.subprocess.Process | None = None

    async def expect_start(self) -> None:
        """Begun right before a start; returns once that life is ready."""
        raise NotImplementedError

    async def start(self) -> None:
        """Returns when it is ready, or has been killed."""
        ready = asyncio.create_task(self.expect_start())
        process = self._process = await self.home.spawn(self._command, program=self._program())
        ended = asyncio.create_task(process.wait())
        await asyncio.wait([ended, ready], return_when=asyncio.FIRST_COMPLETED)
        assert process.returncode in (None, -signal.SIGKILL), f"ended by itself:\n{self._last_words()}"
        if process.returncode is None:
            await ready
        for task in (ended, ready):
            task.cancel()

    async def kill(self) -> None:
        """SIGKILL; gone when this returns. Its children, who work on photos, must follow: `stop` looks."""
        process = self._running
        with suppress(psutil.NoSuchProcess):
            self._children += psutil.Process(process.pid).children(recursive=True)
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        await process.wait()
        self._died()

    async def stop(self) -> None:
        """SIGTERM; the service ends in peace."""
        process = self._running
        process.terminate()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0, self._last_words()
        _, alive = await asyncio.to_thread(psutil.wait_procs, self._children, PATIENCE)
        assert alive == [], "children of a service that was killed"

    async def abandon(self) -> None:
        """At the end of a test that failed."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()

    async def keep_alive(self) -> None:
        """Until cancelled: starts it again whenever it has killed itself."""
        while True:
            code = await self._running.wait()
            assert code == -signal.SIGKILL, self._last_words()
            self._died()
            await self.start()

    def _died(self) -> None:
        self.deaths += 1
        self._on_death(time.monotonic())

    def _last_words(self) -> str:
        return self.home.log.read_text()[-4000:]

    @property
    def _running(self) -> asyncio.subprocess.Process:
        assert self._process is not None
        return self._process


class Service(Lives):
    """Against a fake Telegram: ready when it asks for messages."""

    def __init__(
        self,
        home: Home,
        fake: FakeTelegram,
        program: Callable[[], Sequence[str]] = lambda: HURRIED,
        on_death: Callable[[float], None] = lambda _moment: None,
    ) -> None:
        super().__init__(home, program, on_death)
        self._fake = fake

    async def expect_start(self) -> None:
        polls = self._fake.ledger.counts("getUpdates").started
        await self._fake.wait_for(lambda: self._fake.ledger.counts("getUpdates").started > polls)


class Announced(Lives):
    """Ready when it says that it is open."""

    async def expect_start(self) -> None:
        lives = self._opened()
        async with asyncio.timeout(PATIENCE):
            while self._opened() == lives:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)

    def _opened(self) -> int:
        return self.home.log.read_text().count(_OPEN) if self.home.log.exists() else 0
