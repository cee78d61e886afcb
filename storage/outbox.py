"""What must go out. One sender a chat, first in, first out; a row is deleted when its message was delivered.

A sender leases lanes, hands back what became of their first rows, and takes the next in the same transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date

import msgspec
from sqlalchemy import bindparam, delete, exists, func, insert, select, tuple_, update

from storage.address import Address
from storage.codec import decode, encode
from storage.errors import VaultError
from storage.ids import AnchorId, KeyId, LaneId, RowId, new_id
from storage.lanes import Lanes
from storage.tables import lanes, outbox
from storage.vault import Column, Purpose, open_sealed, seal
from storage.work import Work

LEASE_SECONDS = 60
"""Longer than any send may take: its time-out is 30 s."""
QUARANTINE = 1 << 40
"""`not_before` of what a restored back-up brought along (the year 36812): it waits for a person, in nobody's way."""
ASIDE = QUARANTINE + 1
"""`not_before` of a row that does not open."""
_BODY = Column("outbox", "body")

log = logging.getLogger(__name__)


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """A row on its way out."""

    id: RowId
    lane: LaneId
    owner: bytes
    """who leased it"""
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
    # Again, because on PostgreSQL another sender may have postponed it between the two statements.
    .where(outbox.c.seq.in_(bindparam("heads", expanding=True)), outbox.c.not_before <= bindparam("now"))
    .order_by(outbox.c.urgency, outbox.c.seq)
)
_earlier, _first = outbox.alias(), outbox.alias()
_of_lane = (_first.c.lane == outbox.c.lane, _first.c.not_before < QUARANTINE)
_head = select(_first.c.seq).where(*_of_lane).order_by(_first.c.seq).limit(1)
_head_waits = select(_first.c.not_before).where(*_of_lane).order_by(_first.c.seq).limit(1)
_ready = (  # walks the rows by urgency and stops at the limit, however many wait; a lane counts by its most urgent row
    select(_head.scalar_subquery())
    .select_from(outbox)
    .join(lanes, lanes.c.lane == outbox.c.lane)
    .where(
        outbox.c.not_before < QUARANTINE,
        lanes.c.lease_until <= bindparam("now"),
        _head_waits.scalar_subquery() <= bindparam("now"),
        ~exists().where(
            _earlier.c.lane == outbox.c.lane,
            _earlier.c.not_before < QUARANTINE,
            tuple_(_earlier.c.urgency, _earlier.c.seq) < tuple_(outbox.c.urgency, outbox.c.seq),
        ),
    )
    .order_by(outbox.c.urgency, outbox.c.seq)
    .limit(bindparam("most"))
    .with_for_update(of=lanes, skip_locked=True)
)
_first_day = (
    select(lanes.c.day)
    .select_from(outbox)
    .join(lanes, lanes.c.lane == outbox.c.lane)
    .where(outbox.c.not_before < QUARANTINE)
    .order_by(outbox.c.seq)
    .limit(1)
)
_any_waiting = select(
    exists().where(outbox.c.lane.in_(bindparam("names", expanding=True)), outbox.c.not_before < QUARANTINE)
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
        rows = (await work.connection.execute(_head_rows, {"heads": heads, "now": work.now})).all()
        parcels = []
        for row in rows:
            try:
                key = await work.keys.get(work.connection, KeyId(row.key_id))
                body: _Body = decode(_Body, open_sealed(key, _BODY, row.id, 0, row.body))
            except VaultError as error:
                log.error("a message that can't be read is set aside: %s", type(error).__name__)
                await self._set_aside(RowId(row.id))
                continue
            parcels.append(
                Parcel(
                    id=RowId(row.id),
                    lane=LaneId(row.lane),
                    owner=owner,
                    chat=body.chat,
                    urgency=row.urgency,
                    attempts=row.attempts,
                    body=body.body,
                )
            )
        if parcels and await self._something_is_older():
            parcels = [parcel for parcel in parcels if not await self._must_wait(parcel)]
        if parcels:
            await work.connection.execute(
                _take_lane,
                [{"name": parcel.lane, "by": owner, "until": work.now + LEASE_SECONDS} for parcel in parcels],
            )
        return parcels

    async def set_aside(self, parcel: Parcel) -> None:
        """Like a row that does not open: it keeps its place, and its lane goes on."""
        await self._set_aside(parcel.id)
        await self._release([parcel])

    async def take_up_again(self) -> None:
        """At a start: what was set aside gets another try, perhaps with the right ring."""
        await self._work.connection.execute(update(outbox).where(outbox.c.not_before == ASIDE).values(not_before=0))

    async def _set_aside(self, row: RowId) -> None:
        """One row that does not open must not stop everybody else's; it keeps its place until somebody looks."""
        await self._work.connection.execute(update(outbox).where(outbox.c.id == row).values(not_before=ASIDE))

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

    async def release_everybody(self) -> None:
        """At the start of a service that is alone: nobody else can be sending what a killed one had leased."""
        await self._work.connection.execute(
            update(lanes).where(lanes.c.lease_until > 0).values(owner=None, lease_until=0)
        )

    async def next_due(self) -> int | None:
        """The second at which some row may go out; None when nothing waits."""
        waiting = select(func.min(outbox.c.not_before)).where(outbox.c.not_before < QUARANTINE)
        soonest: int | None = (await self._work.connection.execute(waiting)).scalar()
        return soonest

    async def release_quarantine(self) -> int:
        """Lets what a restored back-up brought along go out after all. Returns how many."""
        freed = await self._work.connection.execute(
            update(outbox).where(outbox.c.not_before == QUARANTINE).values(not_before=0)
        )
        return int(freed.rowcount)

    async def count(self) -> int:
        return int((await self._work.connection.execute(select(func.count()).select_from(outbox))).scalar_one())

    async def _release(self, parcels: Sequence[Parcel]) -> None:
        # Only what is still ours: a lease that ran out may be another sender's by now.
        await self._work.connection.execute(
            _free_lane, [{"name": parcel.lane, "by": parcel.owner} for parcel in parcels]
        )

    async def _drop_waiting(self, anchor: AnchorId) -> None:
        await self._work.connection.execute(delete(outbox).where(outbox.c.anchor == anchor))

    async def _something_is_older(self) -> bool:
        """Whether the first row of all is from a day before; it hardly ever is, and then nobody need ask further."""
        first: date | None = (await self._work.connection.execute(_first_day)).scalar()
        return first is not None and first < self._work.today

    async def _must_wait(self, parcel: Parcel) -> bool:
        """Whether a lane that this chat had on a day before still holds something that goes first."""
        names = self._lanes.earlier(Purpose.QUEUE_OUT, parcel.chat)
        if parcel.lane in names:
            names = names[names.index(parcel.lane) + 1 :]
        return bool((await self._work.connection.execute(_any_waiting, {"names": names})).scalar())


_take_lane = (
    update(lanes).where(lanes.c.lane == bindparam("name")).values(owner=bindparam("by"), lease_until=bindparam("until"))
)
_free_lane = (
    update(lanes)
    .where(lanes.c.lane == bindparam("name"), lanes.c.owner == bindparam("by"))
    .values(owner=None, lease_until=0)
)
_remove = delete(outbox).where(outbox.c.id == bindparam("row"))
