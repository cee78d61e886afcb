"""What came in and waits for its turn. A row is deleted in the transaction that handles it: done means gone.

Events are committed with the platform's cursor, before anything is confirmed to the platform, and each only once:
the hashes of the last six days tell what comes twice (Telegram may count its updates anew after an idle week).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import Row, bindparam, delete, exists, func, insert, select, update

from storage.address import Address
from storage.errors import VaultError
from storage.ids import EventHash, LaneId, RowId, new_id
from storage.lanes import Lanes
from storage.quarantine import HELD_ATTEMPTS
from storage.tables import cursors, events_seen, inbox, lanes
from storage.vault import Column, Purpose, open_sealed, seal
from storage.work import Work

REMEMBERED_DAYS = 6
MOST_ATTEMPTS = 5
"""A turn that failed so often is parked: it keeps its row, lets the others pass, and runs again at the next start."""
_BODY = Column("inbox", "body")

_head = (
    select(inbox.c.id, inbox.c.seq, inbox.c.attempts, inbox.c.not_before, inbox.c.body)
    .where(inbox.c.lane == bindparam("lane"), inbox.c.attempts < MOST_ATTEMPTS)
    .order_by(inbox.c.seq)
    .limit(1)
)
_earlier = inbox.alias()
_ready_lanes = (  # walks the rows in their order and stops at the limit, however many wait
    select(inbox.c.lane)
    .where(
        inbox.c.attempts < MOST_ATTEMPTS,
        inbox.c.not_before <= bindparam("now"),
        ~exists().where(
            _earlier.c.lane == inbox.c.lane, _earlier.c.seq < inbox.c.seq, _earlier.c.attempts < MOST_ATTEMPTS
        ),
    )
    .order_by(inbox.c.seq)
    .limit(bindparam("most"))
)
_first_day = (
    select(lanes.c.day)
    .select_from(inbox)
    .join(lanes, lanes.c.lane == inbox.c.lane)
    .where(inbox.c.attempts < MOST_ATTEMPTS)
    .order_by(inbox.c.seq)
    .limit(1)
)
_any_waiting = select(
    exists().where(inbox.c.lane.in_(bindparam("names", expanding=True)), inbox.c.attempts < MOST_ATTEMPTS)
)
_insert = insert(inbox)
_remove = delete(inbox).where(inbox.c.id == bindparam("row"))
_hold_lane = select(lanes.c.lane).where(lanes.c.lane == bindparam("lane")).with_for_update(skip_locked=True)


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """An event on its way into the inbox."""

    event: str
    """unique for this bot account, as the platform counts; empty for our own (timers, results of jobs)"""
    chat: Address
    body: bytes

    def __repr__(self) -> str:
        return f"Arrival({len(self.body)} bytes)"


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """The first event of a lane."""

    id: RowId
    lane: LaneId
    attempts: int
    body: bytes

    def __repr__(self) -> str:
        return f"Waiting({self.id.hex()}, attempt {self.attempts + 1})"


class Inbox:
    def __init__(self, work: Work, lanes_: Lanes) -> None:
        self._work = work
        self._lanes = lanes_
        self._all_of_today: bool | None = None
        """whether nothing waits from a day before"""

    async def put(self, arrivals: Sequence[Arrival]) -> list[LaneId]:
        """Stores what is new. Returns the lanes that gained something."""
        lanes_touched: dict[LaneId, None] = {}
        rows: list[dict[str, object]] = []
        new = await self._new(arrivals)
        opened = await self._lanes.open_all(Purpose.QUEUE_IN, [arrival.chat for arrival in new])
        for arrival, (lane, _, key) in zip(new, opened, strict=True):
            row = new_id()
            sealed = seal(key, _BODY, row, 0, arrival.body)
            rows.append({"id": row, "lane": lane, "attempts": 0, "not_before": 0, "body": sealed})
            lanes_touched[lane] = None
        if rows:
            await self._work.connection.execute(_insert, rows)
        return list(lanes_touched)

    async def set_cursor(self, source: bytes, position: str) -> None:
        await self._work.connection.execute(self._work.upsert(cursors), {"source": source, "position": position})

    async def cursor(self, source: bytes) -> str | None:
        found = await self._work.connection.execute(select(cursors.c.position).where(cursors.c.source == source))
        return found.scalar()

    async def ready_lanes(self, limit: int) -> list[LaneId]:
        """Lanes whose first event may run now, the oldest first."""
        rows = await self._work.connection.execute(_ready_lanes, {"now": self._work.now, "most": limit})
        return [LaneId(lane) for lane in rows.scalars()]

    async def head(self, lane: LaneId) -> Waiting | None:
        """The lane's first event, if it may run now."""
        row = (await self._work.connection.execute(_head, {"lane": lane})).one_or_none()
        if row is None or row.not_before > self._work.now:
            return None
        return await self._open(lane, row)

    async def has_earlier_day(self, chat: Address, lane: LaneId) -> bool:
        """Whether a lane that this chat had on a day before still holds events that go first."""
        if self._all_of_today is None:  # as it nearly always is, and then nobody need ask further
            first: date | None = (await self._work.connection.execute(_first_day)).scalar()
            self._all_of_today = first is None or first >= self._work.today
        if self._all_of_today:
            return False
        names = self._lanes.earlier(Purpose.QUEUE_IN, chat)
        if lane in names:
            names = names[names.index(lane) + 1 :]
        found = await self._work.connection.execute(_any_waiting, {"names": names})
        return bool(found.scalar())

    async def waits(self, chat: Address) -> bool:
        """Whether anything of this chat waits for its turn."""
        names = [self._lanes.name(Purpose.QUEUE_IN, chat), *self._lanes.earlier(Purpose.QUEUE_IN, chat)]
        return bool((await self._work.connection.execute(_any_waiting, {"names": names})).scalar())

    async def take(self, waiting: Waiting) -> bool:
        """Marks the event as handled in this transaction. False: another worker has the chat, or was here first."""
        if not self._work.is_sqlite:
            held = (await self._work.connection.execute(_hold_lane, {"lane": waiting.lane})).scalar()
            if held is None:
                return False
            row = (await self._work.connection.execute(_head, {"lane": waiting.lane})).one_or_none()
            if row is None or row.id != waiting.id:
                return False
        return (await self._work.connection.execute(_remove, {"row": waiting.id})).rowcount == 1

    async def postpone(self, waiting: Waiting, until: int) -> None:
        """After a turn that failed: again at `until`, or parked after the last attempt."""
        await self._work.connection.execute(
            update(inbox).where(inbox.c.id == waiting.id).values(attempts=inbox.c.attempts + 1, not_before=until)
        )

    async def park_head(self, lane: LaneId) -> None:
        """Puts the lane's first event aside, because it could not be read: those behind it go on.

        Looks once more, and touches no row but the one it has seen: if another worker was here first, what is first now
        is a good one. One that opens, but holds what the caller could not read, is tried again like a failed turn.
        """
        row = (await self._work.connection.execute(_head, {"lane": lane})).one_or_none()
        if row is None or row.not_before > self._work.now:
            return
        try:
            await self._open(lane, row)
        except VaultError:
            changed = {"attempts": MOST_ATTEMPTS}
        else:
            changed = {"attempts": row.attempts + 1, "not_before": self._work.now + 1}
        await self._work.connection.execute(update(inbox).where(inbox.c.id == row.id).values(changed))

    async def unpark(self) -> int:
        """Gives parked events another round; at a start, when perhaps a newer program runs. Returns how many."""
        woken = await self._work.connection.execute(
            update(inbox)
            .where(inbox.c.attempts >= MOST_ATTEMPTS, inbox.c.attempts < HELD_ATTEMPTS)
            .values(attempts=0, not_before=0)
        )
        return int(woken.rowcount)

    async def count(self) -> tuple[int, int]:
        """(waiting, parked); what is in quarantine is neither"""
        parked, held = inbox.c.attempts >= MOST_ATTEMPTS, inbox.c.attempts >= HELD_ATTEMPTS
        counted = select(func.count(), func.count().filter(parked)).select_from(inbox).where(~held)
        row = await self._work.connection.execute(counted)
        total, aside = row.one()
        return total - aside, aside

    async def forget_old_events(self) -> None:
        limit = self._work.today - timedelta(days=REMEMBERED_DAYS)
        await self._work.connection.execute(delete(events_seen).where(events_seen.c.day < limit))

    async def _open(self, lane: LaneId, row: Row[Any, Any, Any, Any, Any]) -> Waiting:
        _, key = await self._lanes.key(lane)
        body = open_sealed(key, _BODY, row.id, 0, row.body)
        return Waiting(id=RowId(row.id), lane=lane, attempts=row.attempts, body=body)

    async def _new(self, arrivals: Sequence[Arrival]) -> list[Arrival]:
        """Those that were not seen before, and our own, in their order."""
        events = [self._hash(arrival) for arrival in arrivals]
        rows = [{"event": event, "day": self._work.today} for event in events if event is not None]
        if not rows:
            return list(arrivals)
        noted = self._work.insert_new(events_seen).returning(events_seen.c.event)
        fresh = set((await self._work.connection.execute(noted, rows)).scalars())
        new = []
        for arrival, event in zip(arrivals, events, strict=True):
            if event is None:
                new.append(arrival)
            elif event in fresh:
                fresh.remove(event)  # it may come twice in one go
                new.append(arrival)
        return new

    def _hash(self, arrival: Arrival) -> EventHash | None:
        if not arrival.event:
            return None
        chat = arrival.chat
        return EventHash(self._work.names.event(chat.platform, chat.bot, arrival.event))
