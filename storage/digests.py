"""When digests are due, and what of it is done. What waits for a reader is sealed in their row: `subscriber.py`.

`subscribers.digest_due` is open, so that those whose digest is due can be found among all. Whoever steals the files
learns from it what they may: an hour, which comes to a time zone or so; it is a full
quarter of an hour that many share, and no other table has anything like it.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from sqlalchemy import func, select

from storage.ids import StoryId, SubscriberId
from storage.subscribers import Subscribers
from storage.tables import subscribers
from storage.work import Work


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """Digests of one language that are due at the same time."""

    language: str
    slot: int
    """the second"""
    readers: int


class Digests:
    def __init__(self, work: Work, subscribers: Subscribers) -> None:
        self._work = work
        self._subscribers = subscribers

    async def due(self) -> list[Due]:
        """By now, the earliest first."""
        slot, language = subscribers.c.digest_due, subscribers.c.language
        rows = await self._work.connection.execute(
            select(slot, language, func.count()).where(slot <= self._work.now).group_by(slot, language).order_by(slot)
        )
        return [Due(slot=slot, language=language, readers=readers) for slot, language, readers in rows]

    async def put_by(self, reader: SubscriberId, story: StoryId) -> None:
        """For their next digest."""
        now = self._work.now
        await self._subscribers.change(reader, lambda found: found.putting_by(story, now))

    async def settle(self, reader: SubscriberId, slot: int, got: Collection[StoryId]) -> None:
        """Their digest of this slot has come with these stories, or with none and so not at all."""
        now = self._work.now
        await self._subscribers.change(reader, lambda found: found.having_got(got).past_digest(slot, now))

    async def put_off(self, before: int, most: int) -> int:
        """Those that were due before that second come when the readers' next ones are due. Returns how many."""
        slot = subscribers.c.digest_due
        late = select(subscribers.c.id, slot).where(slot < before).order_by(subscribers.c.id).limit(most)
        rows = (await self._work.connection.execute(late)).all()
        for reader, due in rows:
            await self.settle(SubscriberId(reader), due, ())
        return len(rows)
