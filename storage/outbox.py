"""What must go out. One sender a chat, first in, first out; a row is deleted when its message was delivered.

A sender leases lanes, hands back what became of their first rows, and takes the next in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import bindparam, delete, func, insert, select, update

from storage.address import Address
from storage.codec import decode, encode
from storage.ids import AnchorId, KeyId, LaneId, RowId, new_id
from storage.lanes import Lanes
from storage.tables import lanes, outbox
from storage.vault import Column, Purpose, open_sealed, seal
from storage.work import Work

LEASE_SECONDS = 60
"""Longer than any send may take: its time-out is 30 s."""
_BODY = Column("outbox", "body")


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """A row on its way out."""

    id: RowId
    lane: LaneId
    chat: Address
    urgency: int
    """0: a person waits for it; 1: a broadcast"""
    attempts: int
    body: bytes

    def __repr__(self) -> str:
        return f"Parcel({self.id.hex()}, attempt {self.attempts + 1})"


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    chat: Address
    body: bytes


_head_rows = (
    select(
        outbox.c.seq,
        outbox.c.id,
        outbox.c.lane,
        outbox.c.urgency,
        outbox.c.attempts,
        outbox.c.body,
        lanes.c.key_id,
    )
    .join(lanes, lanes.c.lane == outbox.c.lane)
    .where(outbox.c.seq.in_(bindparam("heads", expanding=True)))
    .order_by(outbox.c.seq)
)
_heads = (
    select(
        func.min(outbox.c.seq).label("seq"),
        outbox.c.lane.label("lane"),
        func.min(outbox.c.urgency).label("urgency"),
    )
    .group_by(outbox.c.lane)
    .subquery()
)
_ready = (
    select(_heads.c.seq)
    .join(lanes, lanes.c.lane == _heads.c.lane)
    .join(outbox, outbox.c.seq == _heads.c.seq)
    .where(lanes.c.lease_until <= bindparam("now"), outbox.c.not_before <= bindparam("now"))
    .order_by(_heads.c.urgency, _heads.c.seq)
    .limit(bindparam("most"))
    .with_for_update(of=lanes, skip_locked=True)
)


class Outbox:
    def __init__(self, work: Work, lanes_: Lanes) -> None:
        self._work = work
        self._lanes = lanes_

    async def add(
        self,
        chat: Address,
        body: bytes,
        *,
        urgency: int = 0,
        anchor: AnchorId | None = None,
        not_before: int = 0,
    ) -> RowId:
        """With an anchor, rows of that anchor which are still waiting are dropped: the newest wins."""
        lane, _, key = await self._lanes.open(Purpose.QUEUE_OUT, chat)
        if anchor is not None:
            await self._drop_waiting(anchor)
        row = RowId(new_id())
        sealed = seal(key, _BODY, row, 0, encode(_Body(chat=chat, body=body)))
        await self._work.connection.execute(
            insert(outbox),
            {
                "id": row,
                "lane": lane,
                "urgency": urgency,
                "anchor": anchor,
                "attempts": 0,
                "not_before": not_before,
                "body": sealed,
            },
        )
        return row

    async def lease(self, owner: bytes, most: int) -> list[Parcel]:
        """First rows of up to `most` free lanes, which are `owner`'s until LEASE_SECONDS from now."""
        work = self._work
        heads = list((await work.connection.execute(_ready, {"now": work.now, "most": most})).scalars())
        if not heads:
            return []
        rows = (await work.connection.execute(_head_rows, {"heads": heads})).all()
        older = await self._lanes_of_other_days()
        parcels = []
        for row in rows:
            key = await work.keys.get(work.connection, KeyId(row.key_id))
            body: _Body = decode(_Body, open_sealed(key, _BODY, row.id, 0, row.body))
            if older and self._lanes.yesterday(Purpose.QUEUE_OUT, body.chat) in older - {row.lane}:
                continue
            parcels.append(
                Parcel(
                    id=RowId(row.id),
                    lane=LaneId(row.lane),
                    chat=body.chat,
                    urgency=row.urgency,
                    attempts=row.attempts,
                    body=body.body,
                )
            )
        if parcels:
            await work.connection.execute(
                _take_lane,
                [{"name": parcel.lane, "by": owner, "until": work.now + LEASE_SECONDS} for parcel in parcels],
            )
        return parcels

    async def finish(self, parcels: Sequence[Parcel]) -> None:
        """Delivered or given up: the rows are gone, their lanes free."""
        if parcels:
            await self._work.connection.execute(_remove, [{"row": parcel.id} for parcel in parcels])
            await self._release(parcels)

    async def postpone(self, parcel: Parcel, until: int, *, counts: bool = True) -> None:
        """Not now: the lane waits until then. `counts` is false when it was not this message's fault."""
        await self._work.connection.execute(
            update(outbox)
            .where(outbox.c.id == parcel.id)
            .values(not_before=until, attempts=outbox.c.attempts + int(counts))
        )
        await self._release([parcel])

    async def release_all(self, owner: bytes) -> None:
        """At a stop: whatever this worker still leases is free at once."""
        await self._work.connection.execute(
            update(lanes).where(lanes.c.owner == owner).values(owner=None, lease_until=0)
        )

    async def next_due(self) -> int | None:
        """The second at which some row may go out; None when nothing waits."""
        soonest: int | None = (await self._work.connection.execute(select(func.min(outbox.c.not_before)))).scalar()
        return soonest

    async def count(self) -> int:
        return int((await self._work.connection.execute(select(func.count()).select_from(outbox))).scalar_one())

    async def _release(self, parcels: Sequence[Parcel]) -> None:
        await self._work.connection.execute(_free_lane, [{"name": parcel.lane} for parcel in parcels])

    async def _drop_waiting(self, anchor: AnchorId) -> None:
        await self._work.connection.execute(delete(outbox).where(outbox.c.anchor == anchor))

    async def _lanes_of_other_days(self) -> set[bytes]:
        rows = await self._work.connection.execute(
            select(outbox.c.lane)
            .distinct()
            .join(lanes, lanes.c.lane == outbox.c.lane)
            .where(lanes.c.day != self._work.today)
        )
        return set(rows.scalars())


_take_lane = (
    update(lanes).where(lanes.c.lane == bindparam("name")).values(owner=bindparam("by"), lease_until=bindparam("until"))
)
_free_lane = update(lanes).where(lanes.c.lane == bindparam("name")).values(owner=None, lease_until=0)
_remove = delete(outbox).where(outbox.c.id == bindparam("row"))
