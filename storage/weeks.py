"""How many, week by week: readers on a Monday, messages that reached them, and who left. Nobody is named.

    weeks:     week (a Monday) | name | number

Names: "readers", "language/ru", "rhythm/daily" as they were counted on the week's first day; "sent" and "left" of the
whole week. What is fewer than `FEWEST` on that Monday has no row: a list of five rows would be a list of people.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

import msgspec
from sqlalchemy import delete, select, update

from storage.tables import weeks
from storage.work import Work

FEWEST: Final = 5
READERS: Final = "readers"
SENT: Final = "sent"
LEFT: Final = "left"
KEPT_WEEKS: Final = 104


class Week(msgspec.Struct, frozen=True, kw_only=True):
    begins: date
    counts: Mapping[str, int]


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


class Weeks:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def is_counted(self, week: date) -> bool:
        """Its readers are."""
        found = select(weeks.c.number).where(weeks.c.week == week, weeks.c.name == READERS)
        return (await self._work.connection.execute(found)).scalar() is not None

    async def put(self, week: date, counts: Mapping[str, int]) -> None:
        """In place of what was counted under these names; what is two years old goes."""
        rows = [{"week": week, "name": name, "number": count} for name, count in counts.items()]
        if rows:
            await self._work.connection.execute(self._work.upsert(weeks), rows)
        oldest = monday(self._work.today) - timedelta(weeks=KEPT_WEEKS)
        await self._work.connection.execute(delete(weeks).where(weeks.c.week < oldest))

    async def one_more(self, name: str) -> None:
        """In the week that it is."""
        here = {"week": monday(self._work.today), "name": name}
        await self._work.connection.execute(self._work.insert_new(weeks), here | {"number": 0})
        more = update(weeks).where(weeks.c.week == here["week"], weeks.c.name == name)
        await self._work.connection.execute(more.values(number=weeks.c.number + 1))

    async def since(self, week: date) -> list[Week]:
        """Those in which something was counted, the oldest first."""
        found = select(weeks).where(weeks.c.week >= week).order_by(weeks.c.week)
        counts: dict[date, dict[str, int]] = {}
        for row in await self._work.connection.execute(found):
            counts.setdefault(row.week, {})[row.name] = row.number
        return [Week(begins=begins, counts=some) for begins, some in counts.items()]
