"""Photos from outside, rebuilt. The service's own process never decodes one."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from bot.media import jpeg
from bot.media.errors import Damaged, MediaError, TimedOut, TooLarge, Unsupported, UnsupportedHeic
from bot.media.wire import LONG_SIDE, Verdict
from bot.media.worker import Worker
from storage.private import Private

AT_ONCE: Final = 2
SECONDS: Final = 20.0
COMMAND: Final = (sys.executable, "-I", "-B", "-m", "bot.media.child")

_REFUSALS: Final[dict[Verdict, type[MediaError]]] = {
    Verdict.UNSUPPORTED: Unsupported,
    Verdict.HEIC: UnsupportedHeic,
    Verdict.TOO_LARGE: TooLarge,
    Verdict.DAMAGED: Damaged,
}


@dataclass(frozen=True, kw_only=True)
class RebuiltPhoto:
    """A photo that has pixels and nothing else."""

    jpeg: Private[bytes]
    """Baseline JPEG without metadata of any kind, upright, on white."""
    width: int
    """Pixels, 1 to 2560."""
    height: int
    """Pixels, 1 to 2560."""


class PhotoRebuilder:
    """Rebuilds photos in confined children: a fresh one each, two at once, the next one started ahead.

    An async context manager. `command` and `seconds` are there for its tests.
    """

    def __init__(self, *, command: Sequence[str] = COMMAND, seconds: float = SECONDS) -> None:
        self._command = command
        self._seconds = seconds
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._spare: asyncio.Task[Worker] | None = None

    async def __aenter__(self) -> Self:
        self._spare = asyncio.create_task(Worker.start(self._command))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        spare, self._spare = self._spare, None
        if spare is not None:
            await _discard(spare)

    async def rebuild(self, photo: bytes | bytearray) -> RebuiltPhoto:
        """Rebuild a JPEG, PNG, GIF or WebP; of a moving picture, its first frame.

        Raises Unsupported, UnsupportedHeic, TooLarge (over 60 million pixels, memory), Damaged, TimedOut (20 s), and
        NoSandbox where no child can be confined: `sandbox.Sandbox` says what is enough.
        """
        async with self._slots:
            verdict, result = await self._ask(photo)
        if verdict is not Verdict.OK:
            raise _REFUSALS[verdict](_REFUSALS[verdict].__doc__)
        width, height = jpeg.dimensions(result, longest=LONG_SIDE)
        return RebuiltPhoto(jpeg=Private(result), width=width, height=height)

    async def _ask(self, photo: bytes | bytearray) -> tuple[Verdict, bytes]:
        try:
            async with asyncio.timeout(self._seconds):
                worker = await self._take()
                try:
                    return await worker.ask(photo)
                finally:
                    await worker.stop()
        except TimeoutError as error:
            raise TimedOut(TimedOut.__doc__) from error

    async def _take(self) -> Worker:
        """The child that was started ahead; the next one starts at once, while this one works."""
        spare = self._spare
        if spare is None:
            raise RuntimeError("The photo rebuilder is not running: enter its context first.")
        self._spare = asyncio.create_task(Worker.start(self._command))
        try:
            worker = await spare
        except asyncio.CancelledError:
            await _discard(spare)
            raise
        if worker.alive:
            return worker
        # It has waited for days, perhaps, and something killed it.
        await worker.stop()
        return await Worker.start(self._command)


async def _discard(spare: asyncio.Task[Worker]) -> None:
    """End a child that may be starting, ready, or have failed to start."""
    spare.cancel()
    await asyncio.wait([spare])
    if not spare.cancelled() and spare.exception() is None:
        await spare.result().stop()
