"""A broadcast in pieces: equal ranges of the subscribers' random ids. A worker leases one, and a crash gives it back.

What is done in a shard stands in the ledger (`deliveries.py`), so whoever takes it up goes on where it was left.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import ColumnElement, delete, exists, func, insert, select, update

from storage.audience import who
from storage.broadcasts import Broadcast, State
from storage.counts import NAMES, counts_of, summed
from storage.ids import ID_BYTES, BroadcastId, SubscriberId
from storage.tables import broadcasts, shards, subscribers
from storage.work import Work

LEASE_SECONDS = 15
"""After so long another worker takes over what a killed one had begun; while it works it extends its lease."""
MOST_SHARDS = 1000
READERS_A_SHARD = 100
"""Of a small audience: there is no more than a page in each."""
_IDS = 1 << 8 * ID_BYTES


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

    async def are_cut(self, broadcast: Broadcast) -> bool:
        """Counts the audience and makes the shards, unless that is done already.

        What goes over another broadcast's copies waits until nobody makes any more of them: False.
        """
        if broadcast.over is not None and await self._is_under_way(broadcast.over):
            return False
        if broadcast.total is None:
            await self._cut(broadcast)
        return True

    async def _cut(self, broadcast: Broadcast) -> None:
        work = self._work
        held = select(broadcasts.c.total).where(broadcasts.c.id == broadcast.id).with_for_update()
        if (await work.connection.execute(held)).scalar() is not None:
            return
        total = await self._audience(broadcast)
        number = min(MOST_SHARDS, -(-total // READERS_A_SHARD))
        if number:
            edges = [_IDS * edge // number for edge in range(number + 1)]
            await work.connection.execute(
                insert(shards),
                [
                    {
                        "broadcast": broadcast.id,
                        "number": place,
                        "low": edges[place].to_bytes(ID_BYTES),
                        "high": (edges[place + 1] - 1).to_bytes(ID_BYTES),
                        "done": 0,
                        "owner": None,
                        "lease_until": 0,
                        **dict.fromkeys(NAMES.values(), 0),
                    }
                    for place in range(number)
                ],
            )
        state = State.RUNNING if total else State.FINISHED
        await work.connection.execute(
            update(broadcasts).where(broadcasts.c.id == broadcast.id).values(total=total, since=work.now, state=state)
        )

    async def lease(self, broadcast: Broadcast, owner: bytes) -> Shard | None:
        """The first that nobody works on, `owner`'s until LEASE_SECONDS from now. None: there is none, or not yet."""
        work = self._work
        first = (
            select(shards)
            .where(shards.c.broadcast == broadcast.id, shards.c.done == 0, shards.c.lease_until <= work.now)
            .order_by(shards.c.number)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = (await work.connection.execute(first)).one_or_none()
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

    async def is_held(self, shard: Shard) -> bool:
        """Whether it is still `owner`'s."""
        held = exists().where(
            shards.c.broadcast == shard.broadcast, shards.c.number == shard.number, shards.c.owner == shard.owner
        )
        return bool((await self._work.connection.execute(select(held))).scalar())

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
            open_ &= _held(work)
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

    async def _audience(self, broadcast: Broadcast) -> int:
        if broadcast.over is None:
            counted = (
                select(func.count()).select_from(subscribers).where(*who(broadcast.audience, broadcast.generation))
            )
            return int((await self._work.connection.execute(counted)).scalar_one())
        kept = select(*summed(shards)).where(shards.c.broadcast == broadcast.over)
        under_way = counts_of((await self._work.connection.execute(kept)).one())
        if under_way.all:
            return under_way.there
        ended = select(broadcasts).where(broadcasts.c.id == broadcast.over)
        return counts_of((await self._work.connection.execute(ended)).one_or_none()).there

    async def _is_under_way(self, broadcast: BroadcastId) -> bool:
        runs = select(exists().where(broadcasts.c.id == broadcast, broadcasts.c.state == State.RUNNING))
        held = select(exists().where(shards.c.broadcast == broadcast, _held(self._work)))
        connection = self._work.connection
        return bool((await connection.execute(runs)).scalar()) or bool((await connection.execute(held)).scalar())

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


def _held(work: Work) -> ColumnElement[bool]:
    """By a worker, who may be sending."""
    return shards.c.owner.is_not(None) & (shards.c.lease_until > work.now)
