"""Where sealed files lie: a folder beside SQLite, rows of chunks in PostgreSQL. Neither knows a key."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from io import RawIOBase
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import bindparam, delete, insert, select

from storage.clock import DAY, Clock, SystemClock, day_of
from storage.database import Database
from storage.errors import DiskFull, StorageError, Unreadable
from storage.ids import BlobId
from storage.room import has_room
from storage.tables import blob_chunks

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

_READ = 256 * 1024
_READ_CHUNK = select(blob_chunks.c.data).where(
    blob_chunks.c.blob == bindparam("of"), blob_chunks.c.position == bindparam("at")
)


class Files(Protocol):
    """Sealed bytes by the blob's id. A file is there as a whole or not at all."""

    async def write(self, blob: BlobId, sealed: AsyncIterator[bytes]) -> None: ...

    def read(self, blob: BlobId) -> AsyncIterator[bytes]: ...

    async def remove(self, blob: BlobId) -> None: ...

    async def has_room(self) -> bool:
        """Whether the disk has room for more of them (`storage/room.py`)."""
        ...

    async def stale(self) -> list[BlobId]:
        """Files that nobody has touched for a day: those without a row are orphans of a crash."""
        ...


class FolderFiles:
    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self._folder = folder
        self._clock = clock or SystemClock()

    async def write(self, blob: BlobId, sealed: AsyncIterator[bytes]) -> None:
        await asyncio.to_thread(self._folder.mkdir, mode=0o700, parents=True, exist_ok=True)
        path = self._path(blob)
        fresh = path.with_suffix(".part")
        try:
            with _disk_errors(self._folder):
                descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb", buffering=0) as file:
                async for piece in sealed:  # what fails in here is the source's, not the disk's
                    with _disk_errors(self._folder):
                        await asyncio.to_thread(_write_all, file, piece)
                with _disk_errors(self._folder):
                    await asyncio.to_thread(os.fsync, file.fileno())
            day = self._clock.now() // DAY * DAY
            os.utime(fresh, (day, day))  # the file's time tells the day, not the minute
            with _disk_errors(self._folder):
                await asyncio.to_thread(fresh.replace, path)
                await asyncio.to_thread(_sync_folder, self._folder)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise

    async def read(self, blob: BlobId) -> AsyncIterator[bytes]:
        try:
            file = await asyncio.to_thread(self._path(blob).open, "rb")
        except FileNotFoundError:
            raise Unreadable("The file is gone: it was shredded.") from None
        try:
            while piece := await asyncio.to_thread(file.read, _READ):
                yield piece
        finally:
            file.close()

    async def remove(self, blob: BlobId) -> None:
        await asyncio.to_thread(self._path(blob).unlink, missing_ok=True)

    async def has_room(self) -> bool:
        return await asyncio.to_thread(has_room, self._folder)

    async def stale(self) -> list[BlobId]:
        return await asyncio.to_thread(self._stale)

    def _stale(self) -> list[BlobId]:
        if not self._folder.exists():
            return []
        limit = self._clock.now() - 2 * DAY
        old = [path for path in self._folder.iterdir() if path.stat().st_mtime < limit]
        for path in old:
            if path.suffix == ".part":
                path.unlink()
        return [BlobId(bytes.fromhex(path.stem)) for path in old if path.suffix == ".blob"]

    def _path(self, blob: BlobId) -> Path:
        return self._folder / f"{blob.hex()}.blob"


class TableFiles:
    def __init__(self, database: Database, data: Path, clock: Clock | None = None) -> None:
        """`data`: the newsroom's folder. The server's own disk, where it is another one, is not for us to see."""
        self._database = database
        self._data = data
        self._clock = clock or SystemClock()

    async def write(self, blob: BlobId, sealed: AsyncIterator[bytes]) -> None:
        position = 0
        try:
            async for piece in sealed:
                if not piece:
                    continue
                async with self._database.write() as connection:
                    await connection.execute(
                        insert(blob_chunks),
                        {"blob": blob, "position": position, "day": day_of(self._clock.now()), "data": piece},
                    )
                position += 1
        except BaseException:
            await self.remove(blob)  # what a crash leaves behind is swept
            raise

    async def read(self, blob: BlobId) -> AsyncIterator[bytes]:
        for position in count():
            async with self._database.read() as connection:
                data = (await connection.execute(_READ_CHUNK, {"of": blob, "at": position})).scalar()
            if data is None:
                return
            yield data

    async def read_in(self, connection: AsyncConnection, blob: BlobId) -> AsyncIterator[bytes]:
        """The same in a back-up's snapshot: a file that is shredded meanwhile is there to its end."""
        for position in count():
            data = (await connection.execute(_READ_CHUNK, {"of": blob, "at": position})).scalar()
            if data is None:
                return
            yield data

    async def remove(self, blob: BlobId) -> None:
        async with self._database.write() as connection:
            await connection.execute(delete(blob_chunks).where(blob_chunks.c.blob == blob))

    async def has_room(self) -> bool:
        return await asyncio.to_thread(has_room, self._data)

    async def stale(self) -> list[BlobId]:
        limit = day_of(self._clock.now() - DAY)
        async with self._database.read() as connection:
            rows = await connection.execute(select(blob_chunks.c.blob).distinct().where(blob_chunks.c.day < limit))
            return [BlobId(blob) for blob in rows.scalars()]


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"The disk that holds {folder} is full: free some room; nothing was lost.") from None
        raise StorageError(f"A file could not be stored in {folder}: {error.strerror}.") from None


def _write_all(file: RawIOBase, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[file.write(rest) or 0 :]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
