"""What must go out: how a row enters the outbox, and what may happen to it while it waits."""

from __future__ import annotations

import msgspec
from sqlalchemy import and_, bindparam, delete, func, insert, not_, or_, select, update

from storage import quarantine
from storage.address import Address
from storage.codec import encode
from storage.ids import AnchorId, RowId, new_id
from storage.lanes import Lanes
from storage.quarantine import ASIDE, QUARANTINE
from storage.tables import lanes, outbox
from storage.vault import Column, Purpose, seal
from storage.work import Work

REPLY, NEWS = 0, 1
"""Urgency: a person in conversation is answered before anything that nobody waits for."""
BODY = Column("outbox", "body")


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed of a row."""

    chat: Address
    body: bytes

    def __repr__(self) -> str:
        return f"Body({len(self.body)} bytes)"


_insert = insert(outbox)
_ahead = outbox.alias()
_under_way = and_(  # whoever leased a lane sends its first row
    select(lanes.c.lease_until).where(lanes.c.lane == outbox.c.lane).scalar_subquery() > bindparam("now"),
    outbox.c.seq
    == select(func.min(_ahead.c.seq))
    .where(_ahead.c.lane == outbox.c.lane, _ahead.c.not_before < QUARANTINE)
    .scalar_subquery(),
)
# A sender may have had a row, and its message may stand in the chat, while the lane is leased (also when the lease has
# run out), after it was put off, and after the kill of the service that had it.
_never_tried = or_(outbox.c.not_before == 0, outbox.c.not_before >= QUARANTINE)
_drop_older = delete(outbox).where(outbox.c.anchor == bindparam("same"), _never_tried, not_(_under_way))
under_way_at_the_end = update(outbox).where(outbox.c.not_before == 0, _under_way).values(not_before=1)


class OutboxQueue:
    """The half of `Outbox` that needs no sender."""

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
        """With an anchor, rows of that anchor which are still waiting are dropped: the newest wins.

        One that a sender has had stays: it may stand in the chat already, and only its own repetition finds it there.
        """
        lane, _, key = await self._lanes.open(Purpose.QUEUE_OUT, chat)
        if anchor is not None:
            await self._work.connection.execute(_drop_older, {"same": anchor, "now": 0})
        row = RowId(new_id())
        sealed = seal(key, BODY, row, 0, encode(Body(chat=chat, body=body)))
        await self._work.connection.execute(
            _insert,
            {
                "id": row,
                "lane": lane,
                "platform": self._mark(chat.platform),
                "urgency": urgency,
                "anchor": anchor,
                "attempts": 0,
                "not_before": not_before,
                "body": sealed,
            },
        )
        return row

    def _mark(self, platform: str) -> bytes:
        return self._work.names.account(Purpose.QUEUE_OUT, platform, "")

    async def take_up_again(self) -> None:
        """At a start: what was set aside gets another try, perhaps with the right ring."""
        await self._work.connection.execute(update(outbox).where(outbox.c.not_before == ASIDE).values(not_before=0))

    async def next_due(self) -> int | None:
        """The second at which some row may go out; None when nothing waits."""
        waiting = select(func.min(outbox.c.not_before)).where(outbox.c.not_before < QUARANTINE)
        soonest: int | None = (await self._work.connection.execute(waiting)).scalar()
        return soonest

    async def release_quarantine(self) -> int:
        """Lets what a restored back-up brought along go on after all, not only messages. Returns how many."""
        return await quarantine.release(self._work.connection)

    async def in_quarantine(self) -> int:
        return await quarantine.count(self._work.connection)

    async def count(self) -> int:
        return int((await self._work.connection.execute(select(func.count()).select_from(outbox))).scalar_one())
