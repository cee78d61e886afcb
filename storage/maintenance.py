"""What is done once a day, whatever else happens: what is past goes, and SQLite's journal with it."""

from __future__ import annotations

import asyncio
import logging

import msgspec
from sqlalchemy import select

from storage.clock import day_of
from storage.database import Database
from storage.line import Urgency
from storage.store import Store, Transaction
from storage.tables import settings

log = logging.getLogger(__name__)

_REWRITTEN = "rewritten"
_TRIES = 5
_PAUSE = 0.2
"""seconds between two tries; readers are short"""


class Swept(msgspec.Struct, frozen=True, kw_only=True):
    """What a sweep removed."""

    lanes: int
    files: int
    emptied: bool
    """whether the journal could be emptied; if not, shredded rows may be in it until the next time"""


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """What has outlived its day, and a sweep would remove."""

    routes: int
    lanes: int
    files: int


async def past(tx: Transaction) -> Past:
    return Past(
        routes=len(await tx.stories.routes.expired()),
        lanes=len(await tx.lanes.past()),
        files=len(await tx.blobs.unclaimed()),
    )


async def sweep(store: Store) -> Swept:
    async with store.write(Urgency.BOOKS) as tx:
        await tx.inbox.forget_old_events()
        await tx.messages.forget_old_anchors()
        await tx.stories.routes.expire()
        await tx.editors.forget_old_codes()
        await tx.blocks.expire()
    async with store.write(Urgency.BOOKS) as tx:
        lanes = await tx.lanes.sweep()
    await _forget_deliveries(store)
    files = await store.blobs.sweep()
    await _forget_order(store)
    return Swept(lanes=lanes, files=files, emptied=await checkpoint(store.database))


async def _forget_deliveries(store: Store) -> None:
    """Where copies of a broadcast stand is known for 90 days; a part at a time, as others want to write meanwhile."""
    async with store.read() as tx:
        past = await tx.deliveries.past()
    for broadcast, parts in past:
        for part in range(parts):
            async with store.write(Urgency.BOOKS) as tx:
                await tx.deliveries.forget(broadcast, part, parts)


async def _forget_order(store: Store) -> None:
    """Once a day, however often the service starts.

    Where a row lies, in SQLite's pages as in PostgreSQL's, tells which was written before which, and so whose story is
    whose. Keys are random: written anew in their order, rows tell nothing of that, and what was deleted leaves no gap.
    """
    today = str(day_of(store.clock.now())).encode()
    async with store.read() as tx:
        last = (
            await tx.work.connection.execute(select(settings.c.value).where(settings.c.name == _REWRITTEN))
        ).scalar()
    if last == today:
        return
    if not await store.database.rewrite():
        log.warning("the database could not be written anew today: no room, no right to, or somebody was in the way")
        return
    async with store.write(Urgency.BOOKS) as tx:
        await tx.work.connection.execute(tx.work.upsert(settings), {"name": _REWRITTEN, "value": today})


async def checkpoint(database: Database) -> bool:
    """Empties SQLite's write-ahead log, where shredded rows would outlive their deletion. True on PostgreSQL.

    A reader makes it fail without an error (pitfalls of SQLite: the first column of the answer says "busy"), so it is
    tried again, and False says that the log still holds what it held.
    """
    if not database.is_sqlite:
        return True
    for attempt in range(_TRIES):
        if attempt:
            await asyncio.sleep(_PAUSE)
        if await database.empty_journal():
            return True
    return False
