"""Photos from outside, rebuilt. The service's own process never decodes one."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from bot.media import jpeg
from bot.media.errors import Damaged, MediaError, TimedOut, TooLarge, Unsupported, UnsupportedHeic
from bot.media.wire import LONG_SIDE, Verdict
from bot.media.worker import Worker
from storage.private import Private

LIMIT: Final = 20 * 1024 * 1024
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

    async def rebuild(self, source: AsyncIterable[bytes] | bytes, *, limit: int = LIMIT) -> RebuiltPhoto:
        """Rebuild a JPEG, PNG, GIF or WebP of at most `limit` bytes; of a moving picture, its first frame.

        Raises Unsupported, UnsupportedHeic, TooLarge (bytes, over 60 million pixels, memory), Damaged,
        TimedOut (20 s), and NoSandbox where no child can be confined: `sandbox.Sandbox` says what is enough.
        """
        async with contextlib.aclosing(_limited(source, limit)) as chunks, self._slots:
            verdict, result = await self._ask(chunks)
        if verdict is not Verdict.OK:
            raise _REFUSALS[verdict](_REFUSALS[verdict].__doc__)
        width, height = jpeg.dimensions(result, longest=LONG_SIDE)
        return RebuiltPhoto(jpeg=Private(result), width=width, height=height)

    async def _ask(self, chunks: AsyncIterator[bytes]) -> tuple[Verdict, bytes]:
        deadline = asyncio.timeout(self._seconds)
        try:
            async with deadline:
                worker = await self._take()
                try:
                    return await worker.ask(chunks)
                finally:
                    await worker.stop()
        except TimeoutError as error:
            # The source may have a time-out of its own, which is not ours to rename.
            if deadline.expired():
                raise TimedOut(TimedOut.__doc__) from error
            raise

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


async def _limited(source: AsyncIterable[bytes] | bytes, limit: int) -> AsyncGenerator[bytes, None]:
    """The source's chunks. Raises TooLarge with the chunk that goes beyond the limit; closes the source."""
    if isinstance(source, bytes):
        if len(source) > limit:
            raise TooLarge(TooLarge.__doc__)
        yield source
        return
    total = 0
    try:
        async for chunk in source:
            total += len(chunk)
            if total > limit:
                raise TooLarge(TooLarge.__doc__)
            yield chunk
    finally:
        if isinstance(source, AsyncGenerator):
            await source.aclose()
