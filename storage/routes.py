"""The way from a story to its author: a row of its own, with a key of its own, that is lost after some weeks.

A story that is to move to another account has a second row, the way there, until it has moved or stays.
"""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256

import msgspec
from sqlalchemy import delete, insert, select, update

from storage.address import Account, Address
from storage.ids import ID_BYTES, KeyId, StoryId
from storage.sealed import open_record, seal_record
from storage.tables import routes
from storage.vault import Column
from storage.work import Work

ROUTE_DAYS = 60
"""Undecided stories live 60 days; a route never longer than its story."""
_ROUTE = Column("routes", "body")


class Route(msgspec.Struct, frozen=True, kw_only=True):
    chat: Address
    person: Account | None = None
    """whose account it is; None: not noted"""


class Routes:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def put(self, story: StoryId, author: Address, person: Account | None = None) -> None:
        await self._insert(story, Route(chat=author, person=person), self._work.today + timedelta(days=ROUTE_DAYS))

    async def keep(self, story: StoryId, until: date) -> None:
        """It expires on that day at the earliest. A way that is lost stays lost."""
        await self._work.connection.execute(
            update(routes).where(routes.c.story == story, routes.c.expires < until).values(expires=until)
        )

    async def find(self, story: StoryId) -> Address | None:
        """Where its author can be reached; None once the route has expired."""
        found = await self._find(story)
        return None if found is None else found[0].chat

    async def account(self, story: StoryId) -> Account | None:
        """Whose it is, where that was noted; None once the route has expired."""
        found = await self._find(story)
        return None if found is None else found[0].person

    async def drop(self, story: StoryId) -> None:
        """From now on nothing leads from this story to its author, nor to another account."""
        await self._delete(story, _moving(story))

    # ── to another account ───────────────────────────────────────────────────────────────────────────────────────
    async def begin_move(self, story: StoryId, author: Address, person: Account) -> None:
        """It will lead there, once `move` is called."""
        await self.put(_moving(story), author, person)

    async def moving_to(self, story: StoryId) -> Route | None:
        """None when it does not move."""
        found = await self._find(_moving(story))
        return None if found is None else found[0]

    async def cancel_move(self, story: StoryId) -> None:
        await self._delete(_moving(story))

    async def move(self, story: StoryId) -> tuple[Route, Route] | None:
        """(where it led, where it leads now), no longer than before. None when there is no way, or no move."""
        old, new = await self._find(story), await self._find(_moving(story))
        if old is None or new is None:
            await self.cancel_move(story)
            return None
        # Nobody has left: after a restore it would move again.
        await self._work.keys.shred(self._work.connection, await self._take(story, _moving(story)))
        await self._insert(story, new[0], old[1])
        return old[0], new[0]

    async def expired(self) -> list[StoryId]:
        """What ways that are past are found by."""
        old = select(routes.c.story).where(routes.c.expires < self._work.today)
        return [StoryId(row) for row in (await self._work.connection.execute(old)).scalars()]

    async def expire(self) -> None:
        for past in await self.expired():
            await self._delete(past)

    async def _insert(self, story: StoryId, route: Route, expires: date) -> None:
        key_id, _ = await self._work.keys.new(self._work.connection)
        body = await seal_record(self._work, key_id, _ROUTE, story, 0, route)
        await self._work.connection.execute(
            insert(routes).values(story=story, expires=expires, key_id=key_id, body=body)
        )

    async def _find(self, story: StoryId) -> tuple[Route, date] | None:
        row = (await self._work.connection.execute(select(routes).where(routes.c.story == story))).one_or_none()
        if row is None or row.expires < self._work.today:
            return None
        route: Route = await open_record(self._work, row.key_id, _ROUTE, row.story, 0, row.body, Route)
        return route, row.expires

    async def _delete(self, *stories: StoryId) -> None:
        await self._work.shred(await self._take(*stories))

    async def _take(self, *stories: StoryId) -> list[KeyId]:
        """The rows are gone; their keys are the caller's to shred."""
        gone = await self._work.connection.execute(
            delete(routes).where(routes.c.story.in_(stories)).returning(routes.c.key_id)
        )
        return [KeyId(key) for key in gone.scalars()]


def _moving(story: StoryId) -> StoryId:
    """What the way to another account is found by: no story has that id."""
    return StoryId(sha256(b"moving " + story).digest()[:ID_BYTES])
