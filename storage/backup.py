"""`backup`: an archive of all rows and files of one moment, and apart from it a copy of the key ring.

Runs beside the service. Whoever has only one of the two copies can read nothing, so they are refused one folder.
Copies of the ring are removed after seven days: from then on the archives of their day hold nothing that was
shredded since (threat model, 1 and 6).
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Row, Select, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.archive import ArchiveWriter, Begin, Cell, End, File, Piece, Rows
from storage.clock import day_of
from storage.crypto import NEVER_COPIED
from storage.errors import RingDamaged, StorageError, Unreadable
from storage.files import TableFiles
from storage.ids import BlobId
from storage.store import Store
from storage.tables import blob_chunks, blobs, crypto, metadata, wraps
from storage.vault import RootKey
from storage.vault.durable import replace_private
from storage.vault.ring_file import from_file

RING_COPY_DAYS = 7
_BATCH = 100
_TRIES = 5


class Made(msgspec.Struct, frozen=True, kw_only=True):
    archive: Path
    ring_copy: Path
    rows: int
    files: int


async def backup(
    store: Store,
    target: Path,
    root: RootKey,
    *,
    ring: Path,
    keys_target: Path,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Made:
    """Into `target` goes the archive, into `keys_target` the ring's copy; both are named by the day.

    `on_progress(done, total)` counts rows and files. Raises StorageError when the two folders are one, or when keys
    are rotated over and over meanwhile.
    """
    target, keys_target = await asyncio.to_thread(_two_folders, target, keys_target)
    day = day_of(store.clock.now())
    archive, ring_copy = target / f"tamizdat-{day}.backup", keys_target / f"tamizdat-{day}.ring"
    for _ in range(_TRIES):
        async with store.database.snapshot() as connection:
            ring_content = await _ring_for(connection, ring, root)
            if ring_content is None:
                continue
            part = archive.with_suffix(".part")
            writer = await asyncio.to_thread(ArchiveWriter, part, root)
            try:
                begin = Begin(schema=schema.newest(), day=day)
                end = await _Dump(store, connection, writer, on_progress).run(begin)
                await asyncio.to_thread(writer.finish)
            except BaseException:
                part.unlink()
                raise
            finally:
                writer.close()
        await asyncio.to_thread(replace_private, ring_copy, ring_content)
        await asyncio.to_thread(_put_in_place, part, archive)
        await asyncio.to_thread(_forget_old_rings, keys_target, day)
        return Made(archive=archive, ring_copy=ring_copy, rows=end.rows, files=end.files)
    raise StorageError("The keys were rotated again and again while the back-up began: try later.")


class _Dump:
    def __init__(
        self, store: Store, connection: AsyncConnection, writer: ArchiveWriter, tell: Callable[[int, int], None]
    ) -> None:
        self._store = store
        self._connection = connection
        self._writer = writer
        self._tell = tell
        self._done = self._total = 0

    async def run(self, begin: Begin) -> End:
        tables = [table for table in metadata.sorted_tables if table is not blob_chunks]
        for table in (*tables, blobs):
            counted = await self._connection.execute(select(func.count()).select_from(_rows_of(table).subquery()))
            self._total += int(counted.scalar_one())
        self._writer.write(begin)
        for table in tables:
            columns = tuple(str(column.name) for column in table.columns)  # plain ones, not SQLAlchemy's
            result = await self._connection.stream(_rows_of(table))
            async for rows in result.partitions(_BATCH):
                cells = [_cells(row) for row in rows]
                await asyncio.to_thread(self._writer.write, Rows(table=str(table.name), columns=columns, cells=cells))
                self._advance(len(rows))
        rows_written, files = self._done, 0
        for blob in (await self._connection.execute(select(blobs.c.id))).scalars().all():
            files += await self._file(BlobId(blob))
            self._advance(1)
        end = End(rows=rows_written, files=files)
        self._writer.write(end)
        return end

    async def _file(self, blob: BlobId) -> int:
        """0 for a file that was shredded since the snapshot."""
        written = 0
        try:
            async for piece in self._pieces(blob):
                if not written:
                    self._writer.write(File(blob=blob))
                    written = 1
                await asyncio.to_thread(self._writer.write, Piece(data=piece))
        except Unreadable:
            return 0
        return written

    def _pieces(self, blob: BlobId) -> AsyncIterator[bytes]:
        files = self._store.files
        return files.read_in(self._connection, blob) if isinstance(files, TableFiles) else files.read(blob)

    def _advance(self, number: int) -> None:
        self._done += number
        self._tell(self._done, self._total)


def _rows_of(table: Table) -> Select[Any]:
    """All but what a messenger's device alone may have, and the keys of that."""
    never = crypto.c.kind.in_(NEVER_COPIED)
    if table is crypto:
        return select(table).where(~never)
    if table is wraps:
        return select(table).where(wraps.c.key_id.not_in(select(crypto.c.key_id).where(never)))
    return select(table)


def _cells(row: Row[tuple[object, ...]]) -> list[Cell]:
    return [value.isoformat() if isinstance(value, date) else value for value in row]


async def _ring_for(connection: AsyncConnection, ring: Path, root: RootKey) -> bytes | None:
    """The ring's file, if it opens all of this snapshot; None when a rotation has just destroyed one of its keys."""
    needed = set((await connection.execute(select(wraps.c.kek).distinct())).scalars())
    try:
        content = await asyncio.to_thread(ring.read_bytes)
        keys = from_file(root, content, ring)
    except RingDamaged:  # it was being replaced while we read; a ring that is really damaged fails each time
        return None
    return content if needed <= set(keys) else None


def _two_folders(target: Path, keys_target: Path) -> tuple[Path, Path]:
    for folder in (target, keys_target):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target, keys_target = target.resolve(), keys_target.resolve()
    if target == keys_target or target in keys_target.parents:
        raise StorageError(
            f"The key ring's copy would lie in {target} together with what it opens: give it another folder, "
            "at best on another disk."
        )
    return target, keys_target


def _put_in_place(part: Path, archive: Path) -> None:
    part.replace(archive)
    descriptor = os.open(archive.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget_old_rings(folder: Path, today: date) -> None:
    for copy in folder.glob("tamizdat-????-??-??.ring"):
        if date.fromisoformat(copy.stem.removeprefix("tamizdat-")) < today - timedelta(days=RING_COPY_DAYS):
            copy.unlink()
