"""`restore`: an archive and the keys copied with it become a newsroom again, on SQLite or PostgreSQL, whichever it came
from.

Nothing is written before all of it has been read to its end and every key in it has opened with the ring. Then the
files, then all rows in one transaction, then the ring: a restore that was killed leaves rows without a ring, which
`open_store` refuses.

Who left, and what was shredded, after that day stays away (`departed.py`). What would say something to somebody goes
into quarantine, because it may have been said long ago: `Outbox.release_quarantine` lets it go.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec
from sqlalchemy import Date, func, insert, select, text, update

from storage import copies, quarantine, schema
from storage.archive import Begin, Cell, File, Piece, Record, Rows, read_archive
from storage.connection import Connection
from storage.copies import Copy
from storage.database import Database
from storage.departed import Departed, Departures
from storage.errors import NotEmpty
from storage.files import FolderFiles, TableFiles
from storage.opening import open_database
from storage.read_through import read_through, staged
from storage.store import Store, Transaction
from storage.tables import inbox, lanes, metadata, outbox, shards
from storage.tombstones import Tombstones
from storage.vault import ChainKeys, KeyRing, Pseudonyms, RootKey
from storage.vault.durable import create_private
from storage.vault.receipts import pepper_of


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    rows: int
    files: int
    quarantined: int
    """messages, events, work and releases that wait for somebody to decide"""
    departed: Departed
    told_since: date | None
    """from this day on it is known who left: with an older archive others may have come back; None: from none on"""


async def restore(
    copy: Copy,
    root: RootKey,
    *,
    data: Path,
    ring: Path,
    database: str | None = None,
    speaking: Collection[str] = (),
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Restored:
    """`speaking`: the kinds of timers that make something public. `on_progress(done, total)` counts rows.

    Raises NotEmpty, ArchiveDamaged, WrongKey or SchemaMismatch, each before anything is written.
    """
    opened = open_database(data, ring, database)
    tombstones = Tombstones(ring.with_name(copies.TOMBSTONES), root)
    try:
        await _refuse_unless_empty(opened, data, ring)
        known = tombstones.known(copies.tombstones_in(copy.ring.parent))
        departures = Departures(tombstones=tombstones, known=known)
        whole = await asyncio.to_thread(read_through, copy, root, ring, departures)
        if await schema.is_empty(opened):
            await schema.migrate(opened)
        await schema.check(opened)
        files = FolderFiles(data / "files") if opened.is_sqlite else TableFiles(opened, data)
        await _put_files(read_archive(copy.archive, root), files, departures)
        tombstones.write(known)
        key_ring = KeyRing.load(staged(ring), root)
        store = Store(opened, files, key_ring, Pseudonyms(root), ChainKeys(root), pepper_of(root), tombstones, None)
        async with store.write() as tx:
            put = _Putting(connection=tx.work.connection, departures=departures, tell=on_progress, total=whole.rows)
            await put.all_of(read_archive(copy.wraps, root))
            await put.all_of(read_archive(copy.archive, root))
            quarantined = await _quarantine(tx.work.connection, speaking)
            await _strip(tx, departures)
        for kept, place in copies.missing_keys(ring, copy):
            create_private(place, kept.read_bytes())
        await asyncio.to_thread(staged(ring).replace, ring)
    finally:
        staged(ring).unlink(missing_ok=True)
        staged(ring).with_name(f"{staged(ring).name}.lock").unlink(missing_ok=True)
        await opened.close()
    return Restored(
        rows=put.done,
        files=whole.files - len(departures.files),
        quarantined=quarantined,
        departed=departures.count(),
        told_since=known.since,
    )


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


async def _put_files(records: Iterator[Record], files: FolderFiles | TableFiles, departures: Departures) -> None:
    record = next(records, None)
    while record is not None:
        if not isinstance(record, File) or record.blob in departures.files:
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


@dataclass(kw_only=True)
class _Putting:
    """All rows, but of those who have left."""

    connection: Connection
    departures: Departures
    tell: Callable[[int, int], None]
    total: int
    seen: int = 0
    done: int = 0

    async def all_of(self, records: Iterator[Record]) -> None:
        day = date.max
        for record in records:
            if isinstance(record, Begin):
                day = record.day
            if not isinstance(record, Rows):
                continue
            table = metadata.tables[record.table]
            days = {column.name for column in table.columns if isinstance(column.type, Date)}
            rows = [_values(record, row, days) for row in record.cells]
            if rows := [row for row in rows if not self.departures.stays_away(day, record.table, row)]:
                await self.connection.execute(insert(table), rows)
            self.done += len(rows)
            self.seen += len(record.cells)
            self.tell(self.seen, self.total)


def _values(record: Rows, row: list[Cell], days: set[str]) -> dict[str, Cell | date]:
    values: dict[str, Cell | date] = dict(zip(record.columns, row, strict=True))
    return {name: date.fromisoformat(str(value)) if name in days else value for name, value in values.items()}


async def _quarantine(connection: Connection, speaking: Collection[str]) -> int:
    for leased in (lanes, shards):
        await connection.execute(update(leased).values(owner=None, lease_until=0))
    if connection.dialect.name == "postgresql":
        for table in (inbox, outbox):  # rows that bring their numbers along don't move the counter
            newest = select(func.coalesce(func.max(table.c.seq), 0) + 1).scalar_subquery()
            counter = func.pg_get_serial_sequence(table.name, "seq")
            await connection.execute(select(func.setval(counter, newest, text("false"))))
    return await quarantine.hold(connection, speaking)


async def _strip(tx: Transaction, departures: Departures) -> None:
    """Published stories whose sources have gone since: only what readers have comes back."""
    for story_id in departures.bare:
        story = await tx.stories.get(story_id)
        if story is not None:
            await tx.stories.forget_sources(story)
