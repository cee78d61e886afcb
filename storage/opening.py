"""Opening the store: the one place that brings database, files, root key and key ring together.

Whatever does not fit is refused before anything is written. A first start makes folders, tables,
ring and canary, in this order: a start that was killed in between goes on, and a ring without its data is never
mistaken for a first start.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.engine import URL, make_url

from storage import schema
from storage.clock import Clock, day_of
from storage.copies import NEWSROOM, TOMBSTONES
from storage.database import Database, sqlite_url
from storage.errors import DataMissing, KeyMissing, Unreadable, VaultError, WrongKey
from storage.files import FolderFiles, TableFiles
from storage.ids import ID_BYTES, KeyId
from storage.keys import KEK_IN_FORCE
from storage.shared_clock import SharedClock
from storage.store import Store, Transaction
from storage.tables import settings, wraps
from storage.tombstones import Tombstones
from storage.vault import ChainKeys, Column, KeyRing, Pseudonyms, RootKey, open_sealed, seal
from storage.vault.newsroom import load_newsroom_key
from storage.vault.receipts import pepper_of

_CANARY = "canary"
_CANARY_COLUMN = Column("settings", "canary")
_SONG = b"This database belongs to this ring."


async def open_store(
    *, root: RootKey, ring: Path, data: Path, database: str | None = None, clock: Clock | None = None
) -> Store:
    """The store in the folder `data`, or with its rows and files in the PostgreSQL at `database`.

    An empty place becomes a new store. Raises KeyMissing (rows, but no ring), DataMissing (a ring, but no rows),
    WrongKey (another ring or root key), SchemaMismatch, VaultError (a key folder inside the data or open to others).
    """
    opened = open_database(data, ring, database)
    has_ring = _is_there(ring)
    try:
        if await schema.is_empty(opened):
            if has_ring:
                raise DataMissing(
                    f"There is a key ring at {ring}, but no data in {_named(data, opened)}: is a disk missing? "
                    "Restore the data; or, if this newsroom shall begin anew, move the ring away."
                )
            await schema.migrate(opened)
        await schema.check(opened)
        begun = await _begun(opened)
        if clock is None and not opened.is_sqlite:
            clock = SharedClock()
            await clock.set(opened)
        key_ring = KeyRing.load(ring, root) if begun or has_ring else KeyRing.create(ring, root)
        files = FolderFiles(data / "files", clock) if opened.is_sqlite else TableFiles(opened, data, clock)
        tombstones = Tombstones(ring.with_name(TOMBSTONES), root)
        newsroom = load_newsroom_key(ring.with_name(NEWSROOM), root)
        store = Store(
            opened, files, key_ring, Pseudonyms(root), ChainKeys(root), pepper_of(root), tombstones, newsroom, clock
        )
        await (_check_canary(store, ring) if begun else _plant_canary(store))
        await asyncio.to_thread(tombstones.begin, day_of(store.clock.now()))
    except BaseException:
        await opened.close()
        raise
    return store


def open_database(data: Path, ring: Path, database: str | None = None) -> Database:
    """Only the database, for `migrate` and for restoring; the data folder is made, with mode 0700."""
    inside = data.resolve()
    if inside in ring.resolve().parents:
        raise VaultError(
            f"The key ring {ring} lies in the data folder {data}, whose copies it would open: "
            "give the keys a folder of their own."
        )
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if data.stat().st_mode & 0o077:
        raise VaultError(f"Others may look into the data folder {data}. Run: chmod 700 {data}")
    if database is not None:
        return Database(_for_asyncpg(database))
    url = sqlite_url(data)
    # SQLite gives its journal the mode of the database: it must be right before SQLite makes the file.
    os.close(os.open(str(url.database), os.O_RDWR | os.O_CREAT, 0o600))
    return Database(url)


def _is_there(path: Path) -> bool:
    return path.exists()


def _for_asyncpg(database: str) -> URL:
    url = make_url(database)
    return url.set(drivername="postgresql+asyncpg") if url.get_backend_name() == "postgresql" else url


def _named(data: Path, database: Database) -> str:
    return str(data) if database.is_sqlite else f"the database {database.url.database}"


async def _begun(database: Database) -> bool:
    async with database.read() as connection:
        return (await connection.execute(select(wraps.c.key_id).limit(1))).first() is not None


async def _plant_canary(store: Store) -> None:
    async with store.write() as tx:
        connection = tx.work.connection
        number = str(store.keys.ring.current).encode()
        await connection.execute(insert(settings).values(name=KEK_IN_FORCE, value=number))
        key_id, key = await store.keys.new(connection)
        sealed = seal(key, _CANARY_COLUMN, _CANARY.encode(), 0, _SONG)
        await connection.execute(insert(settings).values(name=_CANARY, value=key_id + sealed))


async def _check_canary(store: Store, ring: Path) -> None:
    async with store.read() as tx:
        try:
            store.keys.ring.get(await store.keys.in_force(tx.work.connection))
            alive = await _canary_sings(tx)
        except (KeyMissing, Unreadable):
            alive = False
    if not alive:
        raise WrongKey(
            f"The key ring {ring} does not belong to this database, or is older than it: "
            "restore the ring's newest copy, or name the right ring in the config."
        )


async def _canary_sings(tx: Transaction) -> bool:
    found = select(settings.c.value).where(settings.c.name == _CANARY)
    value = (await tx.work.connection.execute(found)).scalar()
    if value is None:
        return False
    key = await tx.work.keys.get(tx.work.connection, KeyId(value[:ID_BYTES]))
    return open_sealed(key, _CANARY_COLUMN, _CANARY.encode(), 0, value[ID_BYTES:]) == _SONG
