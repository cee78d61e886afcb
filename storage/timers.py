"""Things to do at a time, over restarts: a row names the kind and the subject; `handlers` says what the kind does."""

from __future__ import annotations

import msgspec
from sqlalchemy import delete, select

from storage.tables import timers
from storage.work import Work


class Timer(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    subject: bytes
    """an id or a hash: of a chat, a story, …"""
    due: int


class Timers:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def set(self, kind: str, subject: bytes, due: int) -> None:
        """One timer a kind and subject: setting it again moves it."""
        values = {"kind": kind, "subject": subject, "due": due}
        await self._work.connection.execute(self._work.upsert(timers), values)

    async def begin(self, kind: str, subject: bytes, due: int) -> None:
        """Unless it runs already."""
        values = {"kind": kind, "subject": subject, "due": due}
        await self._work.connection.execute(self._work.insert_new(timers), values)

    async def cancel(self, kind: str, subject: bytes) -> None:
        await self._work.connection.execute(delete(timers).where(timers.c.kind == kind, timers.c.subject == subject))

    async def cancel_all(self, subject: bytes) -> None:
        """Of every kind: the subject is no more."""
        await self._work.connection.execute(delete(timers).where(timers.c.subject == subject))

    async def due(self, most: int) -> list[Timer]:
        rows = await self._work.connection.execute(
            select(timers).where(timers.c.due <= self._work.now).order_by(timers.c.due).limit(most)
        )
        return [Timer(kind=row.kind, subject=row.subject, due=row.due) for row in rows]

    async def of(self, kind: str) -> list[Timer]:
        """All of one kind, also those that are not due."""
        rows = await self._work.connection.execute(select(timers).where(timers.c.kind == kind))
        return [Timer(kind=row.kind, subject=row.subject, due=row.due) for row in rows]

    async def take(self, timer: Timer) -> bool:
        """Ends the timer in this transaction; False when it was moved or another worker took it."""
        gone = await self._work.connection.execute(
            delete(timers).where(
                timers.c.kind == timer.kind, timers.c.subject == timer.subject, timers.c.due == timer.due
            )
        )
        return gone.rowcount == 1
