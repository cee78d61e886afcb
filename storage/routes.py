"""The way from a story to its author: a row of its own, with a key of its own, that is lost after some weeks."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from sqlalchemy import delete, insert, select, update

from storage.address import Address
from storage.ids import KeyId, StoryId
from storage.sealed import open_record, seal_record
from storage.tables import routes
from storage.vault import Column
from storage.work import Work

ROUTE_DAYS = 60
"""Undecided stories live 60 days (threat model, 7); a route never longer than its story."""
_ROUTE = Column("routes", "body")


class _Route(msgspec.Struct, frozen=True, kw_only=True):
    chat: Address


class Routes:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def put(self, story: StoryId, author: Address) -> None:
        key_id, _ = await self._work.keys.new(self._work.connection)
        body = await seal_record(self._work, key_id, _ROUTE, story, 0, _Route(chat=author))
        expires = self._work.today + timedelta(days=ROUTE_DAYS)
        await self._work.connection.execute(
            insert(routes).values(story=story, expires=expires, key_id=key_id, body=body)
        )

    async def keep(self, story: StoryId, until: date) -> None:
        """It expires on that day at the earliest. A way that is lost stays lost."""
        await self._work.connection.execute(
            update(routes).where(routes.c.story == story, routes.c.expires < until).values(expires=until)
        )

    async def find(self, story: StoryId) -> Address | None:
        """Where its author can be reached; None once the route has expired."""
        row = (await self._work.connection.execute(select(routes).where(routes.c.story == story))).one_or_none()
        if row is None or row.expires < self._work.today:
            return None
        record: _Route = await open_record(self._work, row.key_id, _ROUTE, row.story, 0, row.body, _Route)
        return record.chat

    async def drop(self, story: StoryId) -> None:
        """From now on nothing leads from this story to its author."""
        gone = await self._work.connection.execute(
            delete(routes).where(routes.c.story == story).returning(routes.c.key_id)
        )
        await self._work.keys.shred(self._work.connection, [KeyId(key) for key in gone.scalars()])

    async def expire(self) -> None:
        old = select(routes.c.story).where(routes.c.expires < self._work.today)
        for row in (await self._work.connection.execute(old)).scalars().all():
            await self.drop(StoryId(row))
