"""A published story on its way to its readers: how far it has been handed to the outbox.

Each page of readers enters the outbox in the transaction that moves `reached`, so a crash neither skips nor repeats.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import func, insert, select, update

from storage.ids import BroadcastId, StoryId, SubscriberId, new_id
from storage.tables import broadcasts
from storage.work import Work

BROADCAST_JOB = "broadcast"
"""The kind of the job that hands the pages out."""


class Broadcast(msgspec.Struct, frozen=True, kw_only=True):
    id: BroadcastId
    story: StoryId
    language: str
    generation: int
    reached: SubscriberId | None
    handed: int
    finished: bool


class Broadcasts:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def begin(self, story: StoryId, language: str) -> BroadcastId:
        """Fixes who gets it: whoever has subscribed by now."""
        row = BroadcastId(new_id())
        begun = (await self._work.connection.execute(select(func.count()).select_from(broadcasts))).scalar_one()
        await self._work.connection.execute(
            insert(broadcasts).values(
                id=row,
                story=story,
                language=language,
                generation=begun,
                reached=None,
                handed=0,
                finished=0,
                day=self._work.today,
            )
        )
        return row

    async def get(self, broadcast: BroadcastId) -> Broadcast:
        """Locked for this transaction on PostgreSQL, so that no page is handed out twice."""
        row = (
            await self._work.connection.execute(
                select(broadcasts).where(broadcasts.c.id == broadcast).with_for_update()
            )
        ).one()
        return Broadcast(
            id=BroadcastId(row.id),
            story=StoryId(row.story),
            language=row.language,
            generation=row.generation,
            reached=SubscriberId(row.reached) if row.reached is not None else None,
            handed=row.handed,
            finished=bool(row.finished),
        )

    async def advance(self, broadcast: Broadcast, reached: SubscriberId, handed: int) -> None:
        await self._work.connection.execute(
            update(broadcasts)
            .where(broadcasts.c.id == broadcast.id)
            .values(reached=reached, handed=broadcast.handed + handed)
        )

    async def finish(self, broadcast: Broadcast) -> None:
        await self._work.connection.execute(
            update(broadcasts).where(broadcasts.c.id == broadcast.id).values(finished=1)
        )
