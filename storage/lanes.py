"""Lanes: one chat, one direction, one day. A lane has its own data key and is leased by one worker at a time.

The lane's name changes at midnight UTC, so rows of two days can't be joined; whoever leases a lane of today first
looks whether an earlier day's lane of that chat still holds something.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import and_, bindparam, delete, exists, select

from storage.address import Address
from storage.errors import Unreadable
from storage.ids import KeyId, LaneId
from storage.tables import anchors, inbox, lanes, messages, outbox
from storage.vault import DataKey, Purpose
from storage.work import Work

KEPT_DAYS = 3
"""Covers the longest life of a message that may still be wiped (40 h) and of a row that waits (24 h)."""

_DIRECTIONS = (Purpose.QUEUE_IN, Purpose.QUEUE_OUT)
Opened = tuple[LaneId, KeyId, DataKey]
_select_lanes = select(lanes.c.lane, lanes.c.key_id).where(lanes.c.lane.in_(bindparam("names", expanding=True)))
_select_days = select(lanes.c.key_id, lanes.c.day).where(lanes.c.lane.in_(bindparam("names", expanding=True)))


class Lanes:
    def __init__(self, work: Work) -> None:
        self._work = work
        self._here: dict[LaneId, KeyId] = {}

    def name(self, direction: Purpose, chat: Address, day: date | None = None) -> LaneId:
        return LaneId(
            self._work.names.daily(
                direction, day or self._work.today, f"{chat.platform}:{chat.bot}", chat.chat.reveal()
            )
        )

    def earlier(self, direction: Purpose, chat: Address) -> list[LaneId]:
        """The names that this chat's lane had on the days before today, the newest first."""
        days = range(1, KEPT_DAYS + 1)
        return [self.name(direction, chat, self._work.today - timedelta(days=ago)) for ago in days]

    async def open(self, direction: Purpose, chat: Address) -> Opened:
        """The lane of today, made when it is missing."""
        [opened] = await self.open_all(direction, [chat])
        return opened

    async def open_all(self, direction: Purpose, chats: Sequence[Address]) -> list[Opened]:
        """The same for many chats in a few statements, in their order."""
        names = [self.name(direction, chat) for chat in chats]
        while unknown := [name for name in dict.fromkeys(names) if self._known(name) is None]:
            await self._find_all(unknown)
            await self._make([name for name in unknown if self._known(name) is None])
        return [(name, *await self.key(name)) for name in names]

    async def key(self, lane: LaneId) -> tuple[KeyId, DataKey]:
        """Of a lane that exists: a row of it is being read."""
        key_id = self._known(lane)
        if key_id is None:
            await self._find_all([lane])
            key_id = self._known(lane)
        if key_id is None:
            raise Unreadable("The lane of this record was destroyed, and its key with it.")
        return key_id, await self._work.keys.get(self._work.connection, key_id)

    async def days(self, keys: Sequence[tuple[Address, KeyId]]) -> dict[KeyId, date]:
        """Of which day the lane is that each key belongs to; without those that are older than KEPT_DAYS."""
        work, found = self._work, {}
        names: list[LaneId] = []
        for chat, key_id in keys:
            today = [self.name(direction, chat) for direction in _DIRECTIONS]
            if key_id in map(work.known_lanes.get, today):
                found[key_id] = work.today
            else:
                names += today + [name for direction in _DIRECTIONS for name in self.earlier(direction, chat)]
        if names:
            rows = await work.connection.execute(_select_days, {"names": names})
            found |= {KeyId(key_id): day for key_id, day in rows.all()}
        return found

    async def past(self) -> list[tuple[LaneId, KeyId]]:
        """Those that nothing is in any more, with their keys."""
        work = self._work
        rows = await work.connection.execute(
            select(lanes.c.lane, lanes.c.key_id).where(
                and_(
                    lanes.c.day < work.today - timedelta(days=KEPT_DAYS),
                    *(~exists().where(table.c.lane == lanes.c.lane) for table in (inbox, outbox)),
                    *(~exists().where(table.c.key_id == lanes.c.key_id) for table in (messages, anchors)),
                )
            )
        )
        return [(LaneId(lane), KeyId(key_id)) for lane, key_id in rows]

    async def sweep(self) -> int:
        """Destroys lanes that are past and empty, with their keys. Returns how many."""
        work, gone = self._work, await self.past()
        await work.keys.shred(work.connection, [key_id for _, key_id in gone])
        await self._delete([lane for lane, _ in gone])
        return len(gone)

    def _known(self, lane: LaneId) -> KeyId | None:
        return self._work.known_lanes.get(lane) or self._here.get(lane)

    async def _find_all(self, names: Sequence[LaneId]) -> None:
        for lane, key_id in (await self._work.connection.execute(_select_lanes, {"names": names})).all():
            self._remember(LaneId(lane), KeyId(key_id))

    async def _make(self, names: Sequence[LaneId]) -> None:
        """Those that another worker makes meanwhile stay unknown here: they are to be found."""
        if not names:
            return
        work = self._work
        fresh = dict(zip(names, await work.keys.new_many(work.connection, len(names)), strict=True))
        rows = [
            {"lane": lane, "day": work.today, "key_id": key_id, "owner": None, "lease_until": 0}
            for lane, (key_id, _) in fresh.items()
        ]
        made = await work.connection.execute(work.insert_new(lanes).returning(lanes.c.lane), rows)
        for lane in map(LaneId, made.scalars()):
            self._remember(lane, fresh.pop(lane)[0])
        await work.keys.shred(work.connection, [key_id for key_id, _ in fresh.values()])

    def _remember(self, lane: LaneId, key_id: KeyId) -> None:
        """For this transaction at once, for others when it is committed: what is rolled back was never there."""
        self._here[lane] = key_id
        self._work.on_commit.append(lambda: self._work.known_lanes.keep(lane, key_id))

    async def _delete(self, names: Sequence[LaneId]) -> None:
        for name in names:
            self._here.pop(name, None)
            self._work.known_lanes.forget(name)
        if names:
            await self._work.connection.execute(
                delete(lanes).where(lanes.c.lane == bindparam("name")), [{"name": name} for name in names]
            )
