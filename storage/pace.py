"""How fast a bot account may send, over all workers: one row each, from which slots are reserved.

Slots lie a gap apart, whoever takes them. The clock is the database's on PostgreSQL, where several machines share it.
"""

from __future__ import annotations

import time
from functools import cache

import msgspec
from sqlalchemy import BigInteger, ColumnElement, bindparam, case, cast, extract, func, update
from sqlalchemy.sql.dml import ReturningUpdate

from storage.tables import pace
from storage.work import Work

SLOW_SECONDS = 60
"""So long everybody goes slower after the platform has said that we are too fast."""
_SLOWER = 1.05
"""times the gap"""
_LONGEST_HOLD = 3600
"""Seconds. A clock that is put back must not stop everything until it has caught up."""
_MICRO = 1_000_000


class Reserved(msgspec.Struct, frozen=True, kw_only=True):
    """Slots by the store's clock, in seconds since 1970. gap: between two of them. now: when they were asked for."""

    first: float
    gap: float
    now: float

    @property
    def wait(self) -> float:
        """Seconds to the first."""
        return self.first - self.now


class Pace:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def reserve(self, account: str, count: int, per_second: float) -> Reserved:
        usual = round(_MICRO / per_second)
        wanted = {"of": account, "slots": count, "usual": usual, "slow": round(usual * _SLOWER)}
        taking = _taking(is_sqlite=self._work.is_sqlite)
        row = (await self._work.connection.execute(taking, wanted | self._at())).one_or_none()
        if row is None:
            await self._begin(account)
            return await self.reserve(account, count, per_second)
        first = row.next_at - count * row.gap
        return Reserved(first=first / _MICRO, gap=row.gap / _MICRO, now=row.now / _MICRO)

    async def hold(self, account: str, seconds: float, *, slower: bool) -> None:
        """Nobody sends for so long; and, with `slower`, everybody goes slower for a while."""
        await self._begin(account)
        is_sqlite = self._work.is_sqlite
        now = _now(is_sqlite=is_sqlite)
        values = {"next_at": _most(pace.c.next_at, now + round(seconds * _MICRO), is_sqlite=is_sqlite)}
        if slower:
            values["slower_until"] = now + SLOW_SECONDS * _MICRO
        held = update(pace).where(pace.c.account == account).values(values)
        await self._work.connection.execute(held, self._at())

    async def _begin(self, account: str) -> None:
        row = {"account": account, "next_at": 0, "slower_until": 0}
        await self._work.connection.execute(self._work.insert_new(pace), row)

    def _at(self) -> dict[str, int]:
        """The value of `_now`, where the database does not know it better."""
        return {"now": time.time_ns() // 1000} if self._work.is_sqlite else {}


@cache
def _taking(*, is_sqlite: bool) -> ReturningUpdate[int, int, int]:
    """Made once: it is asked for with every few messages, and making it costs more than running it."""
    now, slots = _now(is_sqlite=is_sqlite), bindparam("slots", type_=BigInteger)
    gap: ColumnElement[int] = case(
        (pace.c.slower_until > now, bindparam("slow", type_=BigInteger)), else_=bindparam("usual", type_=BigInteger)
    )
    latest = (func.min if is_sqlite else func.least)(pace.c.next_at, now + _LONGEST_HOLD * _MICRO, type_=BigInteger)
    return (
        update(pace)
        .where(pace.c.account == bindparam("of"))
        .values(next_at=_most(latest, now, is_sqlite=is_sqlite) + slots * gap)
        .returning(pace.c.next_at, gap.label("gap"), now.label("now"))
    )


def _now(*, is_sqlite: bool) -> ColumnElement[int]:
    """Microseconds since 1970; SQLite is told them."""
    if is_sqlite:
        return bindparam("now", type_=BigInteger)
    return cast(extract("epoch", func.statement_timestamp()) * _MICRO, BigInteger)


def _most(left: ColumnElement[int], right: ColumnElement[int], *, is_sqlite: bool) -> ColumnElement[int]:
    return (func.max if is_sqlite else func.greatest)(left, right, type_=BigInteger)
