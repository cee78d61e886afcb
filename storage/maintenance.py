"""What is done once a day, whatever else happens: what is past goes, and SQLite's journal with it."""

from __future__ import annotations

import asyncio

import msgspec

from storage.database import Database, Urgency
from storage.store import Store

_TRIES = 5
_PAUSE = 0.2
"""seconds between two tries; readers are short"""


class Swept(msgspec.Struct, frozen=True, kw_only=True):
    """What a sweep removed."""

    lanes: int
    files: int
    emptied: bool
    """whether the journal could be emptied; if not, shredded rows may be in it until the next time"""


async def sweep(store: Store) -> Swept:
    async with store.write(Urgency.BOOKS) as tx:
        await tx.inbox.forget_old_events()
        await tx.messages.forget_old_anchors()
        await tx.stories.routes.expire()
        await tx.editors.forget_old_codes()
    async with store.write(Urgency.BOOKS) as tx:
        lanes = await tx.lanes.sweep()
    files = await store.blobs.sweep()
    return Swept(lanes=lanes, files=files, emptied=await checkpoint(store.database))


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
