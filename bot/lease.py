"""What is leased from the store and may take longer than its lease: nobody else must begin it meanwhile."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from storage.errors import DatabaseBusy, DiskFull
from storage.line import Urgency
from storage.store import Store, Transaction

log = logging.getLogger(__name__)


@asynccontextmanager
async def held(
    store: Store, extend: Callable[[Transaction], Awaitable[bool]], *, every: float, what: str
) -> AsyncIterator[None]:
    """Extends the lease while the block runs.

    extend: false when the lease is lost, which ends this
    every: seconds
    what: for the log
    """
    holding = asyncio.create_task(_hold(store, extend, every, what))
    try:
        yield
    finally:
        holding.cancel()
        await asyncio.wait([holding])


async def _hold(store: Store, extend: Callable[[Transaction], Awaitable[bool]], every: float, what: str) -> None:
    while True:
        await asyncio.sleep(every)
        try:
            async with store.write(Urgency.BOOKS) as tx:
                if not await extend(tx):
                    log.error("the lease of %s was lost while it was at work", what)
                    return
        except (DatabaseBusy, DiskFull) as error:
            log.error("the lease of %s was not extended: %s", what, error)
