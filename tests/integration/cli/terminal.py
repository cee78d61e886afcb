"""A terminal with a person at it: reads what is on the screen, types lines."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pty
import re
import signal
import sys

from tests.integration.cli.desk import Desk, check_calm
from tests.patience import PATIENCE

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def _hears_ctrl_c() -> None:
    """As at a terminal, also when the tests were started in the background, where a shell has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """The command runs in it until it ends, or until the test does: `close`."""

    def __init__(self, process: asyncio.subprocess.Process, ours: int) -> None:
        self._process = process
        self._ours = ours
        self._seen = 0
        self._changed = asyncio.Event()
        self.screen = ""
        asyncio.get_running_loop().add_reader(ours, self._read)

    @classmethod
    async def start(cls, desk: Desk, *args: str) -> Terminal:
        ours, theirs = pty.openpty()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *args),
            cwd=desk.folder,
            env=desk.environment() | {"TERM": "xterm", "COLUMNS": "200"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_hears_ctrl_c,
        )
        os.close(theirs)
        return cls(process, ours)

    async def expects(self, text: str) -> None:
        """Behind what was expected before."""
        async with asyncio.timeout(PATIENCE):
            while (found := self.screen.find(text, self._seen)) < 0:
                assert self._process.returncode is None, self.screen
                self._changed.clear()
                await self._changed.wait()
        self._seen = found + len(text)

    def types(self, line: str) -> None:
        os.write(self._ours, f"{line}\n".encode())

    def interrupts(self) -> None:
        """As Ctrl-C does."""
        self._process.send_signal(signal.SIGINT)

    async def ends(self) -> int:
        async with asyncio.timeout(PATIENCE):
            code = await self._process.wait()
        self._read()
        check_calm(self.screen)
        return code

    async def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._ours)
        os.close(self._ours)
        with contextlib.suppress(ProcessLookupError):  # it has ended by itself
            self._process.kill()
        await self._process.wait()

    def _read(self) -> None:
        os.set_blocking(self._ours, False)
        with contextlib.suppress(OSError):  # nothing there yet, or the command has ended
            while piece := os.read(self._ours, 65536):
                self.screen += _ESCAPES.sub("", piece.decode(errors="replace")).replace("\r", "")
        self._changed.set()
