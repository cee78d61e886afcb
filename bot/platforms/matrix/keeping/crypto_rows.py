"""The sealed store and its rows: read once at the start, written wherever something must be on the disk."""

from __future__ import annotations

import logging
from functools import partial

import vodozemac

from bot.platforms.matrix.keeping.crypto_store import SealedStore
from bot.platforms.matrix.keeping.pickles import Pickles
from storage.crypto import OF_THE_DEVICE, Kind
from storage.errors import Unreadable
from storage.store import Transaction

log = logging.getLogger(__name__)

OF_OTHERS = (Kind.DEVICE, Kind.ROOM)
"""still true with another device of ours: whom we trust, which rooms are encrypted"""


async def read(tx: Transaction, pickle_key: str) -> SealedStore:
    """One row that does not open is left out and logged; a session is made anew when it is needed."""
    store = SealedStore(Pickles(pickle_key))
    for kind in (*OF_THE_DEVICE, *OF_OTHERS):
        for record in (await tx.crypto.all(kind)).values():
            try:
                store.fill(kind, record)
            except (Unreadable, vodozemac.PickleException):
                log.error("a crypto record of kind %s can't be read", kind.value)
    return store


async def write(tx: Transaction, store: SealedStore) -> None:
    """What changed, and nothing else; it counts as written once the transaction is on the disk."""
    if not store.is_changed:
        return
    await tx.crypto.hold()
    changes = store.changes()
    for kind, records in changes.put.items():
        await tx.crypto.put(kind, records)
    for kind, names in changes.drop.items():
        await tx.crypto.drop(kind, names)
    tx.work.on_commit.append(partial(store.taken, changes))
