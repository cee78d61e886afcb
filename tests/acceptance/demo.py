"""`python -m bot run` in an empty folder: the demo as a stranger starts it, only on a port of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from bot.config.load import PORT_VARIABLE
from tests.ports import held_port

_LINK: Final = "Open this page in your browser: "


class Demo:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._said: list[str] = []
        self._changed = asyncio.Condition()
        self._listening = asyncio.create_task(self._listen())

    async def link(self, start: int = 1) -> str:
        """What it printed when it started for the nth time."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self._links()) >= start or self._listening.done())
        if len(self._links()) < start:
            raise AssertionError("the demo has ended:\n" + "".join(self._said))
        return self._links()[start - 1]

    async def stop(self) -> int:
        """As Ctrl-C would; the exit code."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGINT)
        await self._listening
        return await self._process.wait()

    def _links(self) -> list[str]:
        return [line.removeprefix(_LINK).strip() for line in self._said if line.startswith(_LINK)]

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            async with self._changed:
                self._said.append(line.decode())
                self._changed.notify_all()
        async with self._changed:
            self._changed.notify_all()


@asynccontextmanager
async def run_demo(folder: Path) -> AsyncIterator[Demo]:
    """Ends it in order; it must have ended well."""
    home = folder / "home"
    home.mkdir()
    with held_port() as port:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=home,
            env=os.environ | {PORT_VARIABLE: str(port)},
            stdout=asyncio.subprocess.PIPE,
        )
        demo = Demo(process)
        try:
            yield demo
        finally:
            code = await demo.stop()
    assert code == 0
