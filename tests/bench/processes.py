"""Processes of a benchmark: started, held to one core, weighed, stopped."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

import msgspec
import psutil

ROOT = Path(__file__).resolve().parents[2]
_CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
FAKE_CORE, SERVICE_CORE = _CORES[0], _CORES[-1]
"""So that the one does not take the other's time; on a machine with one core they share it."""
LONGEST_LINE = 16 * 1024 * 1024
"""bytes; the waits of a whole dialogue come in one line"""
_MB = 1024 * 1024


class Weight(msgspec.Struct, frozen=True, kw_only=True):
    """Of a process with its children, in MB."""

    rss: float
    pss: float | None
    """None where the system does not tell: shared pages counted by their share"""


class Child:
    def __init__(self, process: asyncio.subprocess.Process, began: float, errors: Path) -> None:
        self._process = process
        self._errors = errors
        self.began = began
        """`time.monotonic()` just before it was executed"""

    @classmethod
    async def start(cls, *command: str, core: int, folder: Path, errors: Path) -> Self:
        """`python` with these arguments, its standard error in a file. Cores: FAKE_CORE or SERVICE_CORE."""
        with errors.open("ab") as log:
            began = time.monotonic()
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                cwd=folder,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                limit=LONGEST_LINE,
            )
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(process.pid, {core})
        return cls(process, began, errors)

    async def line(self) -> Any:
        """The next line of JSON. Raises RuntimeError with what the process complained of when it has ended."""
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            raise self._complaint()
        return msgspec.json.decode(line)

    async def outlives(self, work: Awaitable[Any]) -> Any:
        """What the work returns. Raises RuntimeError as soon as the process ends before it."""
        working, ending = asyncio.ensure_future(work), asyncio.create_task(self._process.wait())
        await asyncio.wait((working, ending), return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        if working.done():
            return working.result()
        working.cancel()
        raise self._complaint()

    async def say(self, order: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(msgspec.json.encode(order) + b"\n")
        await self._process.stdin.drain()

    def weight(self) -> Weight:
        rss, pss = 0.0, 0.0
        known = True
        for process in self._family():
            with contextlib.suppress(psutil.NoSuchProcess):
                rss += process.memory_info().rss
                try:
                    pss += process.memory_full_info().pss
                except (psutil.AccessDenied, AttributeError):
                    known = False
        return Weight(rss=rss / _MB, pss=pss / _MB if known else None)

    def rss(self) -> float:
        """MB, with children; quick enough to be asked all the time."""
        total = 0
        for process in self._family():
            with contextlib.suppress(psutil.NoSuchProcess):
                total += process.memory_info().rss
        return total / _MB

    def rss_apart(self) -> tuple[float, float]:
        """MB: of the process itself, of its children together."""
        own, *children = self._family()
        total = 0
        for process in children:
            with contextlib.suppress(psutil.NoSuchProcess):
                total += process.memory_info().rss
        return own.memory_info().rss / _MB, total / _MB

    def cpu_seconds(self) -> float:
        """Of the process itself, since it was started."""
        times = psutil.Process(self._process.pid).cpu_times()
        return float(times.user + times.system)

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    async def kill(self) -> None:
        """SIGKILL; gone when this returns."""
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> None:
        if self._process.returncode is None:
            self._process.terminate()
        await self._process.communicate()

    def _complaint(self) -> RuntimeError:
        return RuntimeError(f"a process of the benchmark ended:\n{self._errors.read_text()[-2000:]}")

    def _family(self) -> list[psutil.Process]:
        top = psutil.Process(self._process.pid)
        return [top, *top.children(recursive=True)]


@asynccontextmanager
async def running(*command: str, core: int, folder: Path) -> AsyncIterator[Child]:
    child = await Child.start(*command, core=core, folder=folder, errors=folder / "errors")
    try:
        yield child
    finally:
        await child.stop()
