"""A broadcast is cut into pieces, its shards: equal ranges of the subscribers' random ids."""

from __future__ import annotations

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, insert, or_, select, update

from storage.audience import who
from storage.broadcast import Broadcast, State
from storage.counts import NAMES, counts_of, summed
from storage.ids import ID_BYTES, BroadcastId
from storage.shards import is_held
from storage.tables import broadcasts, deliveries, openings, shards, subscribers
from storage.work import Work

MOST_SHARDS = 1000
READERS_A_SHARD = 250
"""Of a small audience: to lease a shard and to finish it are two commits, and must cost little beside its messages."""
_IDS = 1 << 8 * ID_BYTES


class Cutting:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def are_cut(self, broadcast: Broadcast) -> bool:
        """Counts the audience and makes the shards, unless that is done already.

        What goes over another broadcast's copies waits until nobody makes or changes any of them: False.
        """
        if broadcast.total is not None:
            return True
        if broadcast.over is not None and await self._are_made(broadcast):
            return False
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

    async def _audience(self, broadcast: Broadcast) -> int:
        if broadcast.over is None:
            # Whoever came since are few, and an index has them; to look at each row takes far longer. One statement:
            # on PostgreSQL somebody may come between two.
            newcomers = select(subscribers.c.id).where(subscribers.c.generation > broadcast.generation)
            everybody, since = _number(broadcast), _number(broadcast, subscribers.c.id.in_(newcomers))
            return int((await self._work.connection.execute(select(everybody - since))).scalar_one())
        kept = select(*summed(shards)).where(shards.c.broadcast == broadcast.over)
        known = counts_of((await self._work.connection.execute(kept)).one())
        if not known.all:
            ended = select(broadcasts).where(broadcasts.c.id == broadcast.over)
            known = counts_of((await self._work.connection.execute(ended)).one_or_none())
        return known.there + await self._opened_only(broadcast.over)

    async def _opened_only(self, broadcast: BroadcastId) -> int:
        """Readers who were not sent it, and have opened it."""
        line, further = deliveries.c, openings.c
        sent = exists().where(
            line.broadcast == broadcast, line.subscriber == further.subscriber, line.body.is_not(None)
        )
        counted = select(func.count()).select_from(openings).where(further.broadcast == broadcast, ~sent)
        return int((await self._work.connection.execute(counted)).scalar_one())

    async def _are_made(self, broadcast: Broadcast) -> bool:
        """Whether a worker may be making, or changing, one of the copies that this broadcast changes."""
        over = broadcast.over
        others = select(broadcasts.c.id).where(
            broadcasts.c.id != broadcast.id, or_(broadcasts.c.id == over, broadcasts.c.origin == over)
        )
        held = select(exists().where(shards.c.broadcast.in_(others), is_held(self._work)))
        return bool((await self._work.connection.execute(held)).scalar())


def _number(broadcast: Broadcast, *further: ColumnElement[bool]) -> ScalarSelect[int]:
    """Of those in its audience now."""
    return select(func.count()).select_from(subscribers).where(*who(broadcast.audience), *further).scalar_subquery()
