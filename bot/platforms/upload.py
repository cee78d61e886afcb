"""A file of ours on its way to a platform: opened piece by piece, never in memory as a whole."""

from __future__ import annotations

from collections.abc import AsyncIterator

from bot.platforms.base import OpenBlob
from bot.types import Media


class WrongSize(Exception):
    """The file is not as long as was announced to the platform."""


class Upload:
    """One file, as often as it must be sent. What goes wrong while it is read is kept in `problem`: the request that
    it breaks off ends with an error of its own, which does not say why.
    """

    def __init__(self, media: Media, open_blob: OpenBlob) -> None:
        self.size = media.size
        self.problem: Exception | None = None
        self._media = media
        self._open_blob = open_blob

    async def pieces(self) -> AsyncIterator[bytes]:
        """Exactly `size` bytes, or an exception."""
        left = self.size
        try:
            async for piece in self._open_blob(self._media.blob):
                left -= len(piece)
                if left < 0:
                    break
                yield piece
            if left:
                raise WrongSize(WrongSize.__doc__)
        except Exception as problem:
            self.problem = problem
            raise
