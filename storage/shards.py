"""A broadcast in pieces, as they were cut (`cutting.py`). A worker leases one, and a crash gives it back.

What is done in a shard stands in the ledger (`deliveries.py`), so whoever takes it up goes on where it was left.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import BindParameter, ColumnElement, bindparam, delete, exists, func, select, update

from storage.broadcast import Broadcast, State
from storage.counts import NAMES, counts_of, summed
from storage.ids import BroadcastId, SubscriberId
from storage.tables import broadcasts, shards
from storage.work import Work

LEASE_SECONDS = 15
"""After so long another worker takes over what a killed one had begun; while it works it extends its lease."""


class Shard(msgspec.Struct, frozen=True, kw_only=True):
    broadcast: BroadcastId
    number: int
    low: SubscriberId
    high: SubscriberId
    """both are in it"""
    owner: bytes


class Shards:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def lease(self, broadcast: Broadcast, owner: bytes) -> Shard | None:
        """The first that nobody works on, `owner`'s until LEASE_SECONDS from now. None: there is none, or not yet, also
        because its copies are corrected first.
        """
        work = self._work
        row = (await work.connection.execute(_first_free, {"of": broadcast.id, "now": work.now})).one_or_none()
        if row is None:
            return None
        shard = Shard(
            broadcast=broadcast.id,
            number=row.number,
            low=SubscriberId(row.low),
            high=SubscriberId(row.high),
            owner=owner,
        )
        await work.connection.execute(
            update(shards)
            .where(shards.c.broadcast == broadcast.id, shards.c.number == row.number)
            .values(owner=owner, lease_until=work.now + LEASE_SECONDS)
        )
        return shard

    async def extend(self, shard: Shard) -> bool:
        """False: the lease ran out, and it is somebody else's or free."""
        return await self._change(shard, lease_until=self._work.now + LEASE_SECONDS)

    async def standing(self, shard: Shard) -> int | None:
        """How many changes of the copies have been begun so far. None: nobody sends there any more, as the broadcast
        does not run, or waits for a correction, or the lease is lost.
        """
        names = {"of": shard.broadcast, "at": shard.number, "owner": shard.owner}
        found = await self._work.connection.execute(_standing, names)
        return None if (changes := found.scalar()) is None else int(changes)

    async def finish(self, shard: Shard) -> bool:
        """Every reader in it has a line in the ledger. False as in `extend`."""
        return await self._change(shard, done=1, owner=None, lease_until=0)

    async def release(self, shard: Shard, until: int = 0) -> None:
        """Somebody in it has no line yet. Nobody need look before `until`."""
        await self._change(shard, owner=None, lease_until=until)

    async def release_everybody(self) -> None:
        """At the start of a service that is alone: what a killed one had begun goes on at once."""
        await self._work.connection.execute(
            update(shards).where(shards.c.lease_until > 0).values(owner=None, lease_until=0)
        )

    async def close(self, broadcast: Broadcast) -> bool:
        """With the last shard a broadcast is finished; one that was cancelled is counted up when nobody works on it.

        False: there is something to do in it yet.
        """
        work = self._work
        held = select(broadcasts.c.state, broadcasts.c.total).where(broadcasts.c.id == broadcast.id).with_for_update()
        row = (await work.connection.execute(held)).one()
        open_ = (shards.c.broadcast == broadcast.id) & (shards.c.done == 0)
        if row.state == State.CANCELLED:
            open_ &= is_held(work)
        elif row.state != State.RUNNING or row.total is None:
            return False
        if (await work.connection.execute(select(exists().where(open_)))).scalar():
            return False
        found = (await work.connection.execute(select(*summed(shards)).where(shards.c.broadcast == broadcast.id))).one()
        values = {name: getattr(counts_of(found), name) for name in NAMES.values()}
        if row.state == State.RUNNING:
            values["state"] = State.FINISHED
        await work.connection.execute(update(broadcasts).where(broadcasts.c.id == broadcast.id).values(**values))
        await work.connection.execute(delete(shards).where(shards.c.broadcast == broadcast.id))
        return True

    async def _change(self, shard: Shard, **values: object) -> bool:
        changed = await self._work.connection.execute(
            update(shards)
            .where(
                shards.c.broadcast == shard.broadcast,
                shards.c.number == shard.number,
                shards.c.owner == shard.owner,
            )
            .values(**values)
        )
        return changed.rowcount == 1


def is_held(work: Work) -> ColumnElement[bool]:
    """By a worker, who may be sending."""
    return shards.c.owner.is_not(None) & (shards.c.lease_until > work.now)


def _is_changed(broadcast: BroadcastId | BindParameter[bytes]) -> ColumnElement[bool]:
    """Its copies are just being corrected. It goes on after that, so that nobody's copy is missed."""
    return exists().where(broadcasts.c.origin == broadcast, broadcasts.c.state == State.RUNNING)


_of: BindParameter[bytes] = bindparam("of", type_=broadcasts.c.id.type)
_change = broadcasts.alias()
_standing = select(select(func.count()).where(_change.c.origin == _of).scalar_subquery()).where(
    exists().where(broadcasts.c.id == _of, broadcasts.c.state == State.RUNNING),
    exists().where(shards.c.broadcast == _of, shards.c.number == bindparam("at"), shards.c.owner == bindparam("owner")),
    ~_is_changed(_of),
)
_first_free = (
    select(shards)
    .where(shards.c.broadcast == _of, shards.c.done == 0, shards.c.lease_until <= bindparam("now"), ~_is_changed(_of))
    .order_by(shards.c.number)
    .limit(1)
    .with_for_update(skip_locked=True)
)
