"""What one process at a time may do: fetch a bot's messages, speak for a Matrix device. A row says whose it is.

A lease ends LEASE_SECONDS after its holder has last extended it, so it passes on when a process is killed. Who was only
slow, and comes back, can do no harm: it writes through a store of its own (`Store.alone`), whose every transaction
holds the row, and fails once it is another process's. Extending waits for no such transaction; taking over does.

SQLite has one service, as its lock on the data folder sees to: nothing is leased there.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update

from storage.errors import LeaseLost
from storage.ids import new_id
from storage.line import Urgency
from storage.tables import leases
from storage.work import Work

if TYPE_CHECKING:
    from storage.store import Store

LEASE_SECONDS = 6

_row = select(leases.c.until).where(leases.c.name == bindparam("of"))
_hold_to_take = _row.with_for_update()
_holder = select(leases.c.owner).where(leases.c.name == bindparam("of")).with_for_update(read=True, key_share=True)
_take = update(leases).where(leases.c.name == bindparam("of")).values(owner=bindparam("by"), until=bindparam("end"))
_change = _take.where(leases.c.owner == bindparam("ours"))
_end_all = update(leases).where(leases.c.until > 0).values(owner=None, until=0)


class Lease:
    """This process's side of one. Each term has an owner of its own: an earlier term's writes fail too."""

    def __init__(self, store: Store, name: str) -> None:
        """store: one that needs no lease itself."""
        self.name = name
        self._store = store
        self._row = sha256(name.encode()).digest()
        self._owner = new_id()

    async def take(self) -> bool:
        """Ours for LEASE_SECONDS. False: it is another process's, or was in the same moment."""
        async with self._store.read() as tx:
            until = (await tx.work.connection.execute(_row, {"of": self._row})).scalar()
        if until is not None and until > tx.now:
            return False
        async with self._store.write(Urgency.BOOKS) as tx:
            connection = tx.work.connection
            await connection.execute(tx.work.insert_new(leases), {"name": self._row, "owner": None, "until": 0})
            if (await connection.execute(_hold_to_take, {"of": self._row})).scalar_one() > tx.now:
                return False
            self._owner = new_id()
            await connection.execute(_take, {"of": self._row, "by": self._owner, "end": tx.now + LEASE_SECONDS})
        return True

    async def extend(self) -> bool:
        """Ours for another LEASE_SECONDS. False: it is another process's."""
        return await self._changed(self._owner, LEASE_SECONDS)

    async def release(self) -> None:
        """Whoever waits for it has it at once."""
        await self._changed(None, 0)

    async def hold(self, work: Work) -> None:
        """Nobody takes it over before this transaction has ended. Raises LeaseLost."""
        if (await work.connection.execute(_holder, {"of": self._row})).scalar() != self._owner:
            raise LeaseLost(f"Another worker has {self.name} by now.")

    async def _changed(self, owner: bytes | None, seconds: int) -> bool:
        async with self._store.write(Urgency.BOOKS) as tx:
            end = tx.now + seconds if seconds else 0
            changed = await tx.work.connection.execute(
                _change, {"of": self._row, "ours": self._owner, "by": owner, "end": end}
            )
            return changed.rowcount == 1


async def release_everybody(work: Work) -> None:
    """At the start of a service that is alone: what a killed one was on duty for is free at once."""
    await work.connection.execute(_end_all)
