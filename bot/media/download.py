"""A download under our own limits: of size and of time. The platform has limits of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import FileLost, FileTooLarge
from bot.media.errors import TimedOut

_PIECE = 64 * 1024


class Counted:
    """A download, and how many bytes have come. Raises FileTooLarge or FileLost."""

    def __init__(self, download: AsyncIterator[bytes], limit: int, *, announced: int | None) -> None:
        self._download = download
        self._limit = limit
        self._announced = announced
        self.size = 0

    async def pieces(self) -> AsyncIterator[bytes]:
        if (self._announced or 0) > self._limit:
            raise FileTooLarge(self._limit)
        async for piece in self._download:
            self.size += len(piece)
            if self.size > self._limit:
                raise FileTooLarge(self._limit)
            yield piece
        if not self.size:
            raise FileLost


@asynccontextmanager
async def in_time(seconds: float, download: AsyncIterator[bytes]) -> AsyncIterator[None]:
    """Raises TimedOut. Whatever happens, the download is closed."""
    deadline = asyncio.timeout(seconds)
    try:
        async with deadline:
            yield
    except TimeoutError as error:
        if deadline.expired():
            raise TimedOut(TimedOut.__doc__) from error
        raise  # the platform's own, which is not ours to rename
    finally:
        if isinstance(download, AsyncGenerator):
            await download.aclose()


async def in_pieces(data: bytes) -> AsyncIterator[bytes]:
    """So that sealing it needs no second copy of all of it."""
    for start in range(0, len(data), _PIECE):
        yield data[start : start + _PIECE]
