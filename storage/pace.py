"""How fast a bot account may send, over all workers: one row each, from which slots are reserved.

Slots lie a gap apart, whoever takes them. The clock is the database's on PostgreSQL, where several machines share it.
"""

from __future__ import annotations

import time

from sqlalchemy import BigInteger, ColumnElement, case, cast, extract, func, literal, update

from storage.tables import pace
from storage.work import Work

SLOW_SECONDS = 60
"""So long everybody goes slower after the platform has said that we are too fast."""
_SLOWER = 1.05
"""times the gap"""
_LONGEST_HOLD = 3600
"""Seconds. A clock that is put back must not stop everything until it has caught up."""
_MICRO = 1_000_000


class Pace:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def reserve(self, account: str, count: int, per_second: float) -> tuple[float, float]:
        """(seconds from now to the first of these slots, seconds between two of them)."""
        now, usual = self._now(), round(_MICRO / per_second)
        gap = case((pace.c.slower_until > now, round(usual * _SLOWER)), else_=usual)
        latest = self._least(pace.c.next_at, now + _LONGEST_HOLD * _MICRO)
        taken = (
            update(pace)
            .where(pace.c.account == account)
            .values(next_at=self._most(latest, now) + count * gap)
            .returning(pace.c.next_at, gap.label("gap"), now.label("now"))
        )
        row = (await self._work.connection.execute(taken)).one_or_none()
        if row is None:
            await self._begin(account)
            return await self.reserve(account, count, per_second)
        return (row.next_at - count * row.gap - row.now) / _MICRO, row.gap / _MICRO

    async def hold(self, account: str, seconds: float, *, slower: bool) -> None:
        """Nobody sends for so long; and, with `slower`, everybody goes slower for a while."""
        await self._begin(account)
        now = self._now()
        values = {"next_at": self._most(pace.c.next_at, now + round(seconds * _MICRO))}
        if slower:
            values["slower_until"] = now + SLOW_SECONDS * _MICRO
        await self._work.connection.execute(update(pace).where(pace.c.account == account).values(values))

    async def _begin(self, account: str) -> None:
        row = {"account": account, "next_at": 0, "slower_until": 0}
        await self._work.connection.execute(self._work.insert_new(pace), row)

    def _now(self) -> ColumnElement[int]:
        """Microseconds since 1970."""
        if self._work.is_sqlite:
            return literal(time.time_ns() // 1000, BigInteger)
        return cast(extract("epoch", func.statement_timestamp()) * _MICRO, BigInteger)

    def _most(self, left: ColumnElement[int], right: ColumnElement[int]) -> ColumnElement[int]:
        return (func.max if self._work.is_sqlite else func.greatest)(left, right, type_=BigInteger)

    def _least(self, left: ColumnElement[int], right: ColumnElement[int]) -> ColumnElement[int]:
        return (func.min if self._work.is_sqlite else func.least)(left, right, type_=BigInteger)
