"""What goes out. One sender a chat, first in, first out; a row is deleted when its message was delivered.

A sender leases lanes, hands back what became of their first rows, and takes the next in the same transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from datetime import date

import msgspec
from sqlalchemy import bindparam, delete, update

from storage.address import Address
from storage.codec import decode
from storage.errors import VaultError
from storage.ids import KeyId, LaneId, RowId
from storage.outbox_heads import ANY_WAITING, FIRST_DAY, HEAD_ROWS, READY, READY_BUT
from storage.outbox_queue import BODY, Body, OutboxQueue, under_way_at_the_end
from storage.quarantine import ASIDE
from storage.tables import lanes, outbox
from storage.vault import Purpose, open_sealed

LEASE_SECONDS = 60
"""Longer than any text takes, which waits for 15 s at most and is given up after 30; for a file it is extended."""

log = logging.getLogger(__name__)


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """A row on its way out."""

    id: RowId
    lane: LaneId
    owner: bytes
    """who leased it"""
    chat: Address
    urgency: int
    """0: a person waits for it; 1: nobody does"""
    attempts: int
    body: bytes

    def __repr__(self) -> str:
        return f"Parcel({self.id.hex()}, attempt {self.attempts + 1})"


class Outbox(OutboxQueue):
    """What must go out: the queue, and what its senders do with it."""

    async def lease(self, owner: bytes, most: int, absent: Collection[str] = ()) -> list[Parcel]:
        """First rows of up to `most` free lanes, which are `owner`'s until LEASE_SECONDS from now.

        absent: platforms that this process can't send by
        """
        work = self._work
        asked: dict[str, object] = {"now": work.now, "most": most}
        if absent:
            asked["absent"] = [self._mark(platform) for platform in absent]
        heads = list((await work.connection.execute(READY_BUT if absent else READY, asked)).scalars())
        if not heads:
            return []
        rows = (await work.connection.execute(HEAD_ROWS, {"heads": heads, "now": work.now})).all()
        parcels = []
        for row in rows:
            try:
                key = await work.keys.get(work.connection, KeyId(row.key_id))
                body: Body = decode(Body, open_sealed(key, BODY, row.id, 0, row.body))
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

    async def extend(self, parcel: Parcel) -> bool:
        """Its lane is ours for another LEASE_SECONDS. False: the lease ran out, and it is somebody else's or free."""
        held = await self._work.connection.execute(
            update(lanes)
            .where(lanes.c.lane == parcel.lane, lanes.c.owner == parcel.owner)
            .values(lease_until=self._work.now + LEASE_SECONDS)
        )
        return held.rowcount == 1

    async def set_aside(self, parcel: Parcel) -> None:
        """Like a row that does not open: it keeps its place, and its lane goes on."""
        await self._set_aside(parcel.id)
        await self._release([parcel])

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
        """At the start of a service that is alone: nobody else can be sending what a killed one had leased.

        Those messages may have arrived: they count as tried.
        """
        await self._work.connection.execute(under_way_at_the_end, {"now": 0})
        await self._work.connection.execute(
            update(lanes).where(lanes.c.lease_until > 0).values(owner=None, lease_until=0)
        )

    async def _release(self, parcels: Sequence[Parcel]) -> None:
        # Only what is still ours: a lease that ran out may be another sender's by now.
        await self._work.connection.execute(
            _free_lane, [{"name": parcel.lane, "by": parcel.owner} for parcel in parcels]
        )

    async def _something_is_older(self) -> bool:
        """Whether the first row of all is from a day before; it hardly ever is, and then nobody need ask further."""
        first: date | None = (await self._work.connection.execute(FIRST_DAY)).scalar()
        return first is not None and first < self._work.today

    async def _must_wait(self, parcel: Parcel) -> bool:
        """Whether a lane that this chat had on a day before still holds something that goes first."""
        names = self._lanes.earlier(Purpose.QUEUE_OUT, parcel.chat)
        if parcel.lane in names:
            names = names[names.index(parcel.lane) + 1 :]
        return bool((await self._work.connection.execute(ANY_WAITING, {"names": names})).scalar())


_take_lane = (
    update(lanes).where(lanes.c.lane == bindparam("name")).values(owner=bindparam("by"), lease_until=bindparam("until"))
)
_free_lane = (
    update(lanes)
    .where(lanes.c.lane == bindparam("name"), lanes.c.owner == bindparam("by"))
    .values(owner=None, lease_until=0)
)
_remove = delete(outbox).where(outbox.c.id == bindparam("row"))
