"""Where sealed files lie: a folder beside SQLite, rows of chunks in PostgreSQL. Neither knows a key."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

from sqlalchemy import bindparam, delete, insert, select

from storage.clock import DAY, day_of
from storage.database import Database, plain_errors
from storage.errors import DiskFull
from storage.ids import BlobId
from storage.tables import blob_chunks

_READ = 256 * 1024
_READ_CHUNK = select(blob_chunks.c.data).where(
    blob_chunks.c.blob == bindparam("of"), blob_chunks.c.position == bindparam("at")
)


class Files(Protocol):
    """Sealed bytes by the blob's id. A file is there as a whole or not at all."""

    async def write(self, blob: BlobId, sealed: AsyncIterator[bytes]) -> None: ...

    def read(self, blob: BlobId) -> AsyncIterator[bytes]: ...

    async def remove(self, blob: BlobId) -> None: ...

    async def stale(self) -> list[BlobId]:
        """Files that nobody has touched for a day: those without a row are orphans of a crash."""
        ...


class FolderFiles:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def write(self, blob: BlobId, sealed: AsyncIterator[bytes]) -> None:
        await asyncio.to_thread(self._folder.mkdir, mode=0o700, parents=True, exist_ok=True)
        path = self._path(blob)
        fresh = path.with_suffix(".part")
        try:
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                async for piece in sealed:
                    await asyncio.to_thread(file.write, piece)
                await asyncio.to_thread(_sync, file.fileno())
            day = int(time.time()) // DAY * DAY
            os.utime(fresh, (day, day))  # the file's time tells the day, not the minute
            await asyncio.to_thread(fresh.replace, path)
            await asyncio.to_thread(_sync_folder, self._folder)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise DiskFull(f"A file could not be stored in {self._folder}: {os.strerror(error.errno or 0)}.") from None

    async def read(self, blob: BlobId) -> AsyncIterator[bytes]:
        file = await asyncio.to_thread(self._path(blob).open, "rb")
        try:
            while piece := await asyncio.to_thread(file.read, _READ):
                yield piece
        finally:
            file.close()

    async def remove(self, blob: BlobId) -> None:
        await asyncio.to_thread(self._path(blob).unlink, missing_ok=True)

    async def stale(self) -> list[BlobId]:
        return await asyncio.to_thread(self._stale)

    def _stale(self) -> list[BlobId]:
        if not self._folder.exists():
            return []
        limit = time.time() - 2 * DAY
        old = [path for path in self._folder.iterdir() if path.stat().st_mtime < limit]
        for path in old:
            if path.suffix == ".part":
                path.unlink()
        return [BlobId(bytes.fromhex(path.stem)) for path in old if path.suffix == ".blob"]

    def _path(self, blob: BlobId) -> Path:
        return self._folder / f"{blob.hex()}.blob"


class TableFiles:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(self, blob: BlobId, sealed: AsyncIterator[bytes]) -> None:
        position = 0
        async for piece in sealed:
            if not piece:
                continue
            async with self._database.write() as connection:
                await connection.execute(
                    insert(blob_chunks),
                    {"blob": blob, "position": position, "day": day_of(int(time.time())), "data": piece},
                )
            position += 1

    async def read(self, blob: BlobId) -> AsyncIterator[bytes]:
        position = 0
        while True:
            with plain_errors():
                async with self._database.read() as connection:
                    data = (await connection.execute(_READ_CHUNK, {"of": blob, "at": position})).scalar()
            if data is None:
                return
            yield data
            position += 1

    async def remove(self, blob: BlobId) -> None:
        async with self._database.write() as connection:
            await connection.execute(delete(blob_chunks).where(blob_chunks.c.blob == blob))

    async def stale(self) -> list[BlobId]:
        limit = day_of(int(time.time()) - DAY)
        async with self._database.read() as connection:
            rows = await connection.execute(select(blob_chunks.c.blob).distinct().where(blob_chunks.c.day < limit))
            return [BlobId(blob) for blob in rows.scalars()]


def _sync(descriptor: int) -> None:
    os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
