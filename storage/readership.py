"""All readers, one after another: for whoever counts them, or takes them along."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

from sqlalchemy import select

from storage.errors import VaultError
from storage.ids import KeyId
from storage.store import Store
from storage.subscriber import Subscriber
from storage.tables import subscribers

log = logging.getLogger(__name__)

_AT_ONCE = 500
"""In one transaction, which nobody waits for."""


async def everybody(store: Store) -> AsyncIterator[Subscriber]:
    """By their random ids; one who does not open is left out. Who joins or leaves meanwhile may be there or not."""
    after = b""
    while True:
        found, readers = select(subscribers).where(subscribers.c.id > after), []
        async with store.read() as tx:
            connection = tx.work.connection
            rows = (await connection.execute(found.order_by(subscribers.c.id).limit(_AT_ONCE))).all()
            await tx.work.keys.prefetch(connection, [KeyId(row.key_id) for row in rows])
            for row in rows:
                try:
                    readers.append(await tx.subscribers.opened(row))
                except VaultError as error:
                    log.error("a reader who can't be read is left out: %s", type(error).__name__)
        for reader in readers:
            yield reader
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1].id
