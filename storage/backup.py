"""`backup`: all rows and files of one moment, and apart from them what opens them (`copies.py` says where each lies).

Runs beside the service. Whoever has only one of the two folders can read nothing.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Row, Select, Table, func, select

from storage import schema
from storage.archive import ArchiveWriter, Begin, Cell, End, File, Piece, Rows
from storage.clock import day_of
from storage.copies import Copy, copy_keys, copy_of, oldest, past, two_folders
from storage.crypto import NEVER_COPIED
from storage.errors import RingDamaged, StorageError, Unreadable
from storage.files import TableFiles
from storage.ids import BlobId, new_id
from storage.store import Store
from storage.tables import blob_chunks, blobs, crypto, metadata, wraps
from storage.vault import RootKey
from storage.vault.durable import replace_private
from storage.vault.ring_file import from_file

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

_BATCH = 100
_TRIES = 5


class Made(msgspec.Struct, frozen=True, kw_only=True):
    copy: Copy
    rows: int
    files: int
    forgotten: int
    """files of older copies that were destroyed, because their time was over"""


async def backup(
    store: Store,
    target: Path,
    root: RootKey,
    *,
    ring: Path,
    keys_target: Path,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Made:
    """Into `target` goes the archive, into `keys_target` what opens it; both are named by the day.

    `on_progress(done, total)` counts rows and files. Raises StorageError when the two folders are one, or when keys
    are rotated over and over meanwhile.
    """
    target, keys_target = await asyncio.to_thread(two_folders, target, keys_target)
    day = day_of(store.clock.now())
    copy = copy_of(day, target, keys_target)
    for _ in range(_TRIES):
        async with store.database.snapshot() as connection:
            ring_content = await _ring_for(connection, ring, root)
            if ring_content is None:
                continue
            end = await _write(store, connection, copy, root, on_progress)
        await asyncio.to_thread(replace_private, copy.ring, ring_content)
        await asyncio.to_thread(copy_keys, ring, copy)
        for file in (copy.wraps, copy.archive):
            await asyncio.to_thread(_put_in_place, file)
        forgotten = await asyncio.to_thread(_forget, store, copy, day)
        return Made(copy=copy, rows=end.rows, files=end.files, forgotten=forgotten)
    raise StorageError("The keys were rotated again and again while the back-up began: try later.")


async def _write(
    store: Store, connection: AsyncConnection, copy: Copy, root: RootKey, tell: Callable[[int, int], None]
) -> End:
    content = await asyncio.to_thread(ArchiveWriter, _part(copy.archive), root)
    keys = await asyncio.to_thread(ArchiveWriter, _part(copy.wraps), root)
    try:
        dump = _Dump(store, connection, content, keys, tell)
        end = await dump.run(Begin(schema=schema.newest(), day=copy.day, pair=new_id()))
        for writer in (content, keys):
            await asyncio.to_thread(writer.finish)
    except BaseException:
        for file in (copy.archive, copy.wraps):
            _part(file).unlink()
        raise
    finally:
        for writer in (content, keys):
            writer.close()
    return end


class _Dump:
    def __init__(
        self,
        store: Store,
        connection: AsyncConnection,
        content: ArchiveWriter,
        keys: ArchiveWriter,
        tell: Callable[[int, int], None],
    ) -> None:
        self._store = store
        self._connection = connection
        self._content = content
        self._keys = keys
        self._tell = tell
        self._done = self._total = 0

    async def run(self, begin: Begin) -> End:
        tables = [table for table in metadata.sorted_tables if table is not blob_chunks]
        for table in (*tables, blobs):
            counted = await self._connection.execute(select(func.count()).select_from(_rows_of(table).subquery()))
            self._total += int(counted.scalar_one())
        self._content.write(begin)
        self._keys.write(begin)
        keys = await self._rows(wraps, self._keys)
        self._keys.write(End(rows=keys, files=0))
        rows = sum([await self._rows(table, self._content) for table in tables if table is not wraps])
        files = 0
        for blob in (await self._connection.execute(select(blobs.c.id))).scalars().all():
            files += await self._file(BlobId(blob))
            self._advance(1)
        self._content.write(End(rows=rows, files=files))
        return End(rows=keys + rows, files=files)

    async def _rows(self, table: Table, writer: ArchiveWriter) -> int:
        columns, written = tuple(str(column.name) for column in table.columns), 0  # plain ones, not SQLAlchemy's
        result = await self._connection.stream(_rows_of(table))
        async for rows in result.partitions(_BATCH):
            cells = [_cells(row) for row in rows]
            await asyncio.to_thread(writer.write, Rows(table=str(table.name), columns=columns, cells=cells))
            written += len(rows)
            self._advance(len(rows))
        return written

    async def _file(self, blob: BlobId) -> int:
        """0 for a file that was shredded since the snapshot."""
        written = 0
        try:
            async for piece in self._pieces(blob):
                if not written:
                    self._content.write(File(blob=blob))
                    written = 1
                await asyncio.to_thread(self._content.write, Piece(data=piece))
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


def _part(file: Path) -> Path:
    """While it is written; what a killed back-up leaves is written over, or goes with its day."""
    return file.with_suffix(f"{file.suffix}.part")


def _put_in_place(file: Path) -> None:
    _part(file).replace(file)
    descriptor = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget(store: Store, copy: Copy, today: date) -> int:
    """Returns how many files went. Who went before the oldest copy that is left need not be remembered either."""
    gone = [file for folder in (copy.archive.parent, copy.ring.parent) for file in past(folder, today)]
    for file in gone:
        file.unlink()
    store.tombstones.forget(before=oldest(today))
    return len(gone)
