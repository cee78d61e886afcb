"""Files of the page's chats: sealed files with opaque names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Final

from bot.errors import FileLost, FileTooLarge
from storage.errors import Unreadable
from storage.files import FolderFiles
from storage.ids import BlobId, new_id
from storage.vault import Column, DataKey, Opener, Sealer

LARGEST: Final = 20 * 1024 * 1024
"""bytes; what the Bot API lets a bot download (core.telegram.org/bots/api#getfile)"""
_COLUMN: Final = Column("local_platform", "file")


class Uploads:
    def __init__(self, folder: Path, key: DataKey) -> None:
        self._folder = folder
        self._files = FolderFiles(folder)
        self._key = key
        self._unclaimed: dict[BlobId, int] = {}

    async def save(self, pieces: AsyncIterator[bytes]) -> tuple[BlobId, int]:
        """The new file's id and its size in bytes. Raises FileTooLarge above `LARGEST`."""
        blob = BlobId(new_id())
        sealer = Sealer(self._key, _COLUMN, blob)
        size = 0

        async def sealed() -> AsyncIterator[bytes]:
            nonlocal size
            async for piece in pieces:
                size += len(piece)
                if size > LARGEST:
                    raise FileTooLarge(LARGEST)
                yield sealer.update(piece)
            yield sealer.finish()

        await self._files.write(blob, sealed())
        return blob, size

    def offer(self, blob: BlobId, size: int) -> None:
        """The page has uploaded this; a message is to follow."""
        self._unclaimed[blob] = size

    def claim(self, blob: BlobId) -> int:
        """The size of what was offered, once. Raises KeyError for anything else."""
        return self._unclaimed.pop(blob)

    async def open(self, blob: BlobId) -> AsyncIterator[bytes]:
        """Raises FileLost when the file is gone or was altered."""
        opener = Opener(self._key, _COLUMN, blob)
        try:
            async for piece in self._files.read(blob):
                yield opener.update(piece)
            yield opener.finish()
        except Unreadable:
            raise FileLost from None

    async def remove(self, blob: BlobId) -> None:
        await self._files.remove(blob)

    def sweep(self, wanted: Iterable[BlobId]) -> None:
        """Removes what no message holds: uploads never sent, files a crash left behind."""
        names = {f"{blob.hex()}.blob" for blob in wanted}
        for path in self._folder.iterdir() if self._folder.exists() else ():
            if path.name not in names:
                path.unlink()
