"""What only one process does, whichever it is: whoever has the lease is on duty, the others stand by."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from storage.errors import DatabaseBusy, DiskFull, LeaseLost, StorageError
from storage.leases import LEASE_SECONDS, Lease
from storage.store import Store

log = logging.getLogger(__name__)

EXTEND_SECONDS = LEASE_SECONDS / 3
_LOOK_SECONDS = 1.0
"""how often those who stand by look whether it is free"""
_SURE_SECONDS: float = LEASE_SECONDS - 1
"""For so long nobody can have taken it over: leases are counted in whole seconds."""


async def on_duty(store: Store, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """`work` as long as this process has the store's lease, and anew in its next term. Ends when `work` ends.

    store: as `Store.alone` makes it, and what `work` writes through; on SQLite it has no lease and needs none
    Raises what `work` raises.
    """
    lease = store.lease
    if lease is None:
        return await work()
    while True:
        await _begin(lease)
        log.info("%s: this worker is on duty", lease.name)
        term = asyncio.create_task(work())
        try:
            return await _keep(lease, term)
        except LeaseLost:
            log.warning("%s: another worker is on duty", lease.name)
        finally:
            term.cancel()
            await asyncio.wait([term])
            with suppress(StorageError):  # then it ends by itself
                await lease.release()


async def _begin(lease: Lease) -> None:
    while True:
        try:
            if await lease.take():
                return
        except (DatabaseBusy, DiskFull) as error:
            log.error("%s: nobody can say who is on duty: %s", lease.name, error)
        await asyncio.sleep(_LOOK_SECONDS)


async def _keep(lease: Lease, term: asyncio.Task[None]) -> None:
    """Until the work is done. Raises LeaseLost as soon as somebody else may be at it."""
    loop = asyncio.get_running_loop()
    sure_until = loop.time() + _SURE_SECONDS
    while True:
        done, _ = await asyncio.wait([term], timeout=EXTEND_SECONDS)
        if done:
            return term.result()
        asked = loop.time()
        try:
            async with asyncio.timeout_at(sure_until):
                if not await lease.extend():
                    raise LeaseLost(f"{lease.name}: another worker has it.")
        except TimeoutError:
            raise LeaseLost(f"{lease.name}: the database does not answer.") from None
        except (DatabaseBusy, DiskFull) as error:
            log.error("%s: the lease was not extended: %s", lease.name, error)
            if loop.time() >= sure_until:
                raise LeaseLost(f"{lease.name}: the database does not answer.") from None
        else:
            sure_until = asked + _SURE_SECONDS
