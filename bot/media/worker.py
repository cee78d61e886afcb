"""The parent's side of one confined child: it is used for one file, then killed."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import Callable, Sequence

from bot.media import sandbox
from bot.media.errors import Damaged, NoSandbox, TimedOut
from bot.media.sandbox import Sandbox
from bot.media.wire import ANSWER_LIMIT, LENGTH, Verdict, frame


class Worker:
    """A child that has confined itself and waits for its file."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("a worker speaks through two pipes")
        self._process = process
        self._pipes = (process.stdin, process.stdout)
        self._in, self._out = process.stdin.fileno(), process.stdout.fileno()
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)

    @classmethod
    async def start(cls, command: Sequence[str]) -> Worker:
        """Spawn a child and wait until it stands in its sandbox. Raises NoSandbox."""
        try:
            worker = cls(sandbox.spawn(command))
        except OSError as error:
            raise NoSandbox(NoSandbox.__doc__) from error
        try:
            layers = Sandbox.decode(bytes(await worker._read_frame()))
            if not layers.enough:
                raise NoSandbox(NoSandbox.__doc__)
        except BaseException as error:
            await worker.stop()
            if isinstance(error, EOFError | ValueError):
                raise NoSandbox(NoSandbox.__doc__) from error
            raise
        return worker

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    async def ask(self, file: bytes | bytearray) -> tuple[Verdict, bytes]:
        """Send the file, get verdict and result. Raises Damaged or TimedOut if the child ends without one."""
        if file:
            await self._taken(LENGTH.pack(len(file)))
            await self._taken(file)  # as it lies there: a photo has some megabytes
        await self._taken(frame(b""))
        try:
            answer = await self._read_frame()
            verdict = Verdict(answer.pop(0))
            return verdict, bytes(answer)
        except (EOFError, ValueError, IndexError) as error:
            await self.stop()
            if self._process.returncode == -signal.SIGXCPU:
                raise TimedOut(TimedOut.__doc__) from error
            raise Damaged(Damaged.__doc__) from error

    async def stop(self) -> None:
        """Kill and reap. The child can have no children of its own."""
        self._process.kill()
        for pipe in self._pipes:
            pipe.close()
        # Freeing its memory takes the kernel a while, which must not hold up the loop.
        await asyncio.to_thread(self._process.wait)

    async def _taken(self, data: bytes | bytearray) -> bool:
        """Write, and say whether the child is still there to read."""
        loop = asyncio.get_running_loop()
        view = memoryview(data)
        while view:
            try:
                view = view[os.write(self._in, view) :]
            except BlockingIOError:
                await _until(loop.add_writer, loop.remove_writer, self._in)
            except BrokenPipeError:
                return False
        return True

    async def _read_frame(self) -> bytearray:
        (length,) = LENGTH.unpack(await self._read(LENGTH.size))
        if length > ANSWER_LIMIT:
            raise ValueError("longer than any answer")
        return await self._read(length)

    async def _read(self, count: int) -> bytearray:
        loop = asyncio.get_running_loop()
        body = bytearray()
        while len(body) < count:
            try:
                part = os.read(self._out, count - len(body))
            except BlockingIOError:
                await _until(loop.add_reader, loop.remove_reader, self._out)
                continue
            if not part:
                raise EOFError
            body += part
        return body


async def _until(watch: Callable[[int, Callable[[], None]], None], unwatch: Callable[[int], bool], pipe: int) -> None:
    """Wait until the pipe can be written or read."""
    happened = asyncio.Event()
    watch(pipe, happened.set)
    try:
        await happened.wait()
    finally:
        unwatch(pipe)
