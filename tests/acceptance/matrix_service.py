"""The real service on a real homeserver: what it needs before it starts, its lives and deaths."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

import psutil

from tests.acceptance.service import REAL, ROOT, Home
from tests.databases import Newsroom

_READY_SECONDS = 60
_OPEN = "the newsroom is open"


def furnish(newsroom: Newsroom, url: str, bot: str, editors: str, channels: Mapping[str, str]) -> Home:
    """A config file, and folders that are still empty. editors: a room id; channels: language → room id."""
    home = Home(folder=newsroom.home, database=newsroom.url)
    home.temporary.mkdir(mode=0o700, parents=True)
    database = "" if home.database is None else f'database = "{home.database}"\n'
    rooms = "".join(f'{language} = "{room}"\n' for language, room in channels.items())
    home.config.write_text(
        f'[service]\ndata = "data"\nkeys = "keys"\n{database}\n'
        f'[matrix]\nhomeserver = "{url}"\nuser = "{bot}"\neditors_room = "{editors}"\n[matrix.channels]\n{rooms}'
    )
    home.config.chmod(0o600)
    return home


async def begin(home: Home, *answers: str) -> str:
    """`tamizdat init` in a newsroom whose config is there; what it is answered, line by line. Returns what it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *REAL, "init"),
        cwd=home.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1", "TMPDIR": str(home.temporary)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate("".join(f"{answer}\n" for answer in answers).encode())
    with home.log.open("ab") as log:
        log.write(said)
    assert process.returncode == 0, said.decode()
    return said.decode()


class MatrixService:
    """`program` is asked at each start."""

    def __init__(self, home: Home, program: Callable[[], Sequence[str]] = lambda: REAL) -> None:
        self.home = home
        self.deaths = 0
        self._program = program
        self._children: list[psutil.Process] = []
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Ready when it says that it is open, or has been killed."""
        lives = self._opened()
        process = self._process = await self.home.spawn("run", program=self._program())
        async with asyncio.timeout(_READY_SECONDS):
            while self._opened() == lives and process.returncode is None:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)
        assert process.returncode in (None, -signal.SIGKILL), f"ended by itself:\n{self.home.log.read_text()[-4000:]}"

    async def kill(self) -> None:
        """SIGKILL; gone when this returns. Its children, who work on photos, must follow: `stop` looks."""
        process = self._running
        with suppress(psutil.NoSuchProcess):
            self._children += psutil.Process(process.pid).children(recursive=True)
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        await process.wait()
        self.deaths += 1

    async def stop(self) -> None:
        """SIGTERM; the service ends in peace."""
        process = self._running
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 30) == 0, self.home.log.read_text()[-4000:]
        _, alive = await asyncio.to_thread(psutil.wait_procs, self._children, 10)
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
            assert code == -signal.SIGKILL, self.home.log.read_text()[-4000:]
            self.deaths += 1
            await self.start()

    def _opened(self) -> int:
        return self.home.log.read_text().count(_OPEN) if self.home.log.exists() else 0

    @property
    def _running(self) -> asyncio.subprocess.Process:
        assert self._process is not None
        return self._process
