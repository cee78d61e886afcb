"""What `doctor` asks of the newsroom itself: database, keys, queues, and Matrix, whose keys lie there.

Nothing is made or mended here.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

from sqlalchemy import text

from bot.cli.platforms import check_matrix
from bot.cli.running import SQLITE_NAME
from bot.config import Settings
from bot.errors import StartRefused
from bot.opening import database_url, open_newsroom, root_key
from bot.platforms.base import Finding
from storage import schema
from storage.database import Database
from storage.errors import DatabaseBusy, StorageError, VaultError
from storage.ids import EditorId
from storage.opening import open_database
from storage.store import Store, Transaction

RING_DAYS = 7
"""The ring's keys are replaced every seven days."""
_LATE_SECONDS = 15 * 60
_MOST_AHEAD_SECONDS = 30
_BACKLOG = 5_000
"""Messages; Telegram takes 29 a second, so these are three minutes' work."""


async def newsroom(settings: Settings) -> AsyncIterator[Finding]:
    """Database, keys and queues; ends at the first thing without which the rest can't be asked."""
    if settings.database is None and not (settings.data / SQLITE_NAME).exists():
        yield _nothing_there(settings)  # opening it would make an empty one
        return
    for found in (in_database := await _database(settings)):
        yield found
    if not all(found.ok for found in in_database):
        return
    try:
        store = await open_newsroom(settings, root_key(settings))
    except (StartRefused, StorageError) as error:
        yield Finding(what="Keys", ok=False, remedy=str(error))
        return
    try:
        yield Finding(what="Keys: root key and ring open, and belong to this database", ok=True)
        yield _ring_age(store)
        if not store.database.is_sqlite:
            yield await _archives_nothing(store.database)
            yield _same_time(store)
            yield _same_ring(store)
        yield _offline_key(store)
        for found in await _queues(store):
            yield found
        if settings.matrix is not None:
            for found in await check_matrix(settings.matrix, store):
                yield found
    finally:
        await store.close()


async def _database(settings: Settings) -> list[Finding]:
    try:
        database = open_database(settings.data, settings.ring, database_url(settings))
        try:
            sound = await _sound(database)
            if not sound.ok:
                return [sound]
            if await schema.is_empty(database):
                return [_nothing_there(settings)]
            await schema.check(database)
        finally:
            await database.close()
    except StorageError as error:
        return [Finding(what="Database", ok=False, remedy=str(error))]
    return [sound, Finding(what="Database: its tables are those of this program", ok=True)]


def _nothing_there(settings: Settings) -> Finding:
    if not settings.ring.exists():
        first = "tamizdat run" if settings.demo else "tamizdat init"
        return Finding(what=f"Newsroom in {settings.data}", ok=False, remedy=f"There is none yet: run `{first}`.")
    return Finding(
        what="Database: empty, though there is a key ring",
        ok=False,
        remedy=f"Is the disk with {settings.data} not mounted? Else restore the last back-up, or, if this newsroom "
        f"shall begin anew, move {settings.ring} away.",
    )


async def _sound(database: Database) -> Finding:
    if not database.is_sqlite:
        return Finding(what="Database: PostgreSQL", ok=True)
    try:
        async with database.read() as connection:
            answer = (await connection.execute(text("PRAGMA quick_check(1)"))).scalar()
    except DatabaseBusy:
        raise
    except StorageError:  # damaged so badly that it can't even be checked
        answer = None
    return Finding(
        what="Database: SQLite finds it sound",
        ok=answer == "ok",
        remedy="The file is damaged: stop the service, copy the folder, restore the last back-up.",
    )


async def _archives_nothing(database: Database) -> Finding:
    async with database.read() as connection:
        mode = (await connection.execute(text("SHOW archive_mode"))).scalar()
    return Finding(
        what="PostgreSQL: its write-ahead log is archived nowhere",
        ok=mode == "off",
        remedy="An archive keeps what is deleted here: switch archive_mode off, or have it destroyed within 7 days.",
    )


def _same_time(store: Store) -> Finding:
    """Leases, timers and dates go by PostgreSQL's clock."""
    ahead = store.clock.now() - int(time.time())
    return Finding(
        what=f"PostgreSQL's clock: {abs(ahead)} s from this machine's",
        ok=abs(ahead) <= _MOST_AHEAD_SECONDS,
        remedy="One of the two is wrong; set it (timedatectl set-ntp true): what people are told goes by PostgreSQL's.",
    )


def _same_ring(store: Store) -> Finding:
    return Finding(
        what=f"Key ring {store.keys.ring.fingerprint()}: wherever a worker runs, it must be this one", ok=True
    )


def _ring_age(store: Store) -> Finding:
    age = (_today() - store.keys.ring.keys[-1].created).days
    return Finding(
        what=f"Key ring: its newest key is {age} days old",
        ok=age <= RING_DAYS,
        remedy="Run `tamizdat keys rotate`: until then old back-ups still open what was deleted.",
    )


def _offline_key(store: Store) -> Finding:
    """A newsroom may do without."""
    if store.newsroom is None:
        return Finding(what="Offline key: none, so nothing goes cold (`tamizdat keys newsroom new`)", ok=True)
    return Finding(what=f"Offline key: {store.newsroom.name}; what rests for three days goes cold", ok=True)


async def _queues(store: Store) -> list[Finding]:
    async with store.read() as tx:
        waiting, parked = await tx.inbox.count()
        unsent, due = await tx.outbox.count(), await tx.outbox.next_due()
        people = {editor.id for editor in await tx.editors.all()}
        proven = [person for person in people if await _has_factor(tx, person)]
        held = await tx.outbox.in_quarantine()
        late = unsent > _BACKLOG or (due is not None and 0 < due < tx.now - _LATE_SECONDS)
    restored = Finding(
        what=f"Restored back-up: {held} messages, answers and releases wait",
        ok=False,
        remedy="They may have gone out long ago. If they shall go on: `tamizdat outbox release`.",
    )
    return [
        *([restored] if held else []),
        Finding(
            what=f"Inbox: {waiting} waiting, {parked} put aside",
            ok=not parked,
            remedy="Turns failed again and again: see the log; they are tried once more at each start.",
        ),
        Finding(
            what=f"Outbox: {unsent} waiting",
            ok=not late,
            remedy="Too many wait, or for too long: is the service running, and the platform reachable?",
        ),
        Finding(
            what=f"Editors: {len(people)} enrolled, {len(proven)} with a second factor",
            ok=bool(people),
            remedy="Nobody can work yet: run `tamizdat editors enrol NAME`.",
        ),
    ]


async def _has_factor(tx: Transaction, person: EditorId) -> bool:
    try:
        return await tx.second_factors.find(person) is not None
    except VaultError:
        return False


def _today() -> date:
    return datetime.now(UTC).date()
