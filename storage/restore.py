"""`restore`: an archive and its ring's copy become a newsroom again, on SQLite or PostgreSQL, whichever it came from.

Nothing is written before the archive has been read to its end and every key in it has opened with the ring. Then the
files, then all rows in one transaction, then the ring: a restore that was killed leaves rows without a ring, which
`open_store` refuses.

What waited in the outbox, and a broadcast that was half done, goes into quarantine: it may have been sent long ago.
`Outbox.release_quarantine` lets it go.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import date
from pathlib import Path

import msgspec
from sqlalchemy import Date, func, insert, select, text, update

from storage import quarantine, schema
from storage.archive import Begin, Cell, End, File, Piece, Record, Rows, read_archive
from storage.connection import Connection
from storage.database import Database
from storage.errors import ArchiveDamaged, KeyMissing, NotEmpty, SchemaMismatch, Unreadable, WrongKey
from storage.files import FolderFiles, TableFiles
from storage.opening import open_database
from storage.tables import inbox, jobs, lanes, metadata, outbox, wraps
from storage.vault import Holder, KeyRing, RootKey, unwrap
from storage.vault.durable import create_private, ensure_private_folder


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    rows: int
    files: int
    quarantined: int
    """messages in the outbox, and broadcasts that were half done: they wait for somebody to decide"""


async def restore(
    archive: Path,
    ring_copy: Path,
    root: RootKey,
    *,
    data: Path,
    ring: Path,
    database: str | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Restored:
    """`on_progress(done, total)` counts rows. Raises NotEmpty, ArchiveDamaged, WrongKey or SchemaMismatch, each
    before anything is written."""
    opened = open_database(data, ring, database)
    try:
        await _refuse_unless_empty(opened, data, ring)
        end = await asyncio.to_thread(_verify, archive, ring_copy, root, ring)
        if await schema.is_empty(opened):
            await schema.migrate(opened)
        await schema.check(opened)
        files = FolderFiles(data / "files") if opened.is_sqlite else TableFiles(opened)
        await _put_files(read_archive(archive, root), files)
        async with opened.write() as connection:
            await _put_rows(read_archive(archive, root), connection, end, on_progress)
            quarantined = await _quarantine(connection)
        await asyncio.to_thread(_staged(ring).replace, ring)
    finally:
        _staged(ring).unlink(missing_ok=True)
        _staged(ring).with_name(f"{_staged(ring).name}.lock").unlink(missing_ok=True)
        await opened.close()
    return Restored(rows=end.rows, files=end.files, quarantined=quarantined)


async def _refuse_unless_empty(database: Database, data: Path, ring: Path) -> None:
    taken = await asyncio.to_thread(lambda: [path for path in (ring, data / "files") if path.exists()])
    if not taken and not await schema.is_empty(database):
        await schema.check(database)
        async with database.read() as connection:
            for table in metadata.sorted_tables:
                if (await connection.execute(select(table).limit(1))).first() is not None:
                    taken.append(Path(str(database.url.database)))
                    break
    if taken:
        raise NotEmpty(f"There is something in {taken[0]} already: restore into an empty place, or move it away.")


def _verify(archive: Path, ring_copy: Path, root: RootKey, ring: Path) -> End:
    """Reads everything once: order, counts, and every wrapped key. Leaves the ring beside its future place."""
    ensure_private_folder(ring.parent)
    _staged(ring).unlink(missing_ok=True)
    create_private(_staged(ring), ring_copy.read_bytes())
    keys = KeyRing.load(_staged(ring), root)
    records = read_archive(archive, root)
    begin = next(records, None)
    if not isinstance(begin, Begin):
        raise _incomplete(archive)
    if begin.schema != schema.newest():
        raise SchemaMismatch(
            f"The back-up was made at step {begin.schema}, this program is at {schema.newest()}: "
            "restore it with the program that made it, then migrate."
        )
    rows, files, last = 0, 0, None
    for last in records:
        if isinstance(last, Rows):
            rows += len(last.cells)
            if last.table == wraps.name:
                _try_keys(last, keys, ring_copy)
        files += isinstance(last, File)
    if not isinstance(last, End) or (last.rows, last.files) != (rows, files):
        raise _incomplete(archive)
    return last


def _try_keys(found: Rows, keys: KeyRing, ring_copy: Path) -> None:
    for row in found.cells:
        cell = dict(zip(found.columns, row, strict=True))
        key_id, blob = cell["key_id"], cell["wrap"]
        if cell["holder"] != Holder.RING or not isinstance(key_id, bytes) or not isinstance(blob, bytes):
            continue
        try:
            unwrap(keys, blob, key_id, Holder.RING)
        except (KeyMissing, Unreadable):
            raise WrongKey(
                f"The copy of the ring, {ring_copy}, does not open this archive: take the copy of the same day."
            ) from None


async def _put_files(records: Iterator[Record], files: FolderFiles | TableFiles) -> None:
    record = next(records, None)
    while record is not None:
        if not isinstance(record, File):
            record = next(records, None)
            continue
        pieces = _Pieces(records)
        await files.write(record.blob, pieces.read())
        record = pieces.behind


class _Pieces:
    """The pieces of one file, and the record behind them."""

    def __init__(self, records: Iterator[Record]) -> None:
        self._records = records
        self.behind: Record | None = None

    async def read(self) -> AsyncIterator[bytes]:
        for record in self._records:
            if not isinstance(record, Piece):
                self.behind = record
                return
            yield record.data


async def _put_rows(
    records: Iterator[Record], connection: Connection, end: End, tell: Callable[[int, int], None]
) -> None:
    done = 0
    for record in records:
        if not isinstance(record, Rows):
            continue
        table = metadata.tables[record.table]
        days = {column.name for column in table.columns if isinstance(column.type, Date)}
        await connection.execute(insert(table), [_values(record, row, days) for row in record.cells])
        done += len(record.cells)
        tell(done, end.rows)
    if connection.dialect.name == "postgresql":
        for table in (inbox, outbox):  # rows that bring their numbers along don't move the counter
            newest = select(func.coalesce(func.max(table.c.seq), 0) + 1).scalar_subquery()
            counter = func.pg_get_serial_sequence(table.name, "seq")
            await connection.execute(select(func.setval(counter, newest, text("false"))))


def _values(record: Rows, row: list[Cell], days: set[str]) -> dict[str, Cell | date]:
    values: dict[str, Cell | date] = dict(zip(record.columns, row, strict=True))
    return {name: date.fromisoformat(str(value)) if name in days else value for name, value in values.items()}


async def _quarantine(connection: Connection) -> int:
    await connection.execute(update(lanes).values(owner=None, lease_until=0))
    await connection.execute(update(jobs).values(lease_until=0))
    return await quarantine.hold(connection)


def _staged(ring: Path) -> Path:
    return ring.with_name(f"{ring.name}.restoring")


def _incomplete(archive: Path) -> ArchiveDamaged:
    return ArchiveDamaged(f"The back-up {archive} is not complete: take another copy.")
