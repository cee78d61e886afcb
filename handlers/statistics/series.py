"""What was counted week by week, as lines of numbers: fewer than five people are a gap, like a week without a count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from storage.weeks import FEWEST, LEFT, SENT, Week

LANGUAGE: Final = "language/"
RHYTHM: Final = "rhythm/"
"""Before the names of what is counted of each language and rhythm."""


@dataclass(frozen=True, kw_only=True)
class Series:
    name: str
    """a language, a rhythm; "sent", "left" """
    values: tuple[int | None, ...]
    """of each week"""

    @property
    def seen(self) -> list[int]:
        return [value for value in self.values if value is not None]


@dataclass(frozen=True, kw_only=True)
class Field:
    name: str
    """languages, rhythms, sent, left"""
    series: tuple[Series, ...]


def weeks_of(counted: Sequence[Week], present: date) -> tuple[date, ...]:
    """Every Monday from the first on which something was counted, also where nothing was. present: this week's."""
    if not counted:
        return ()
    first = counted[0].begins
    return tuple(first + timedelta(weeks=number) for number in range((present - first).days // 7 + 1))


def fields(counted: Sequence[Week], present: date) -> list[Field]:
    """Those in which there is anything to see. What is counted over a whole week ends with the last one."""
    weeks = weeks_of(counted, present)
    counts = {week.begins: week.counts for week in counted}

    def series(name: str, prefix: str = "") -> Series:
        found = [counts.get(week, {}).get(prefix + name, 0) for week in weeks]
        if not prefix and found:
            found[-1] = 0
        return Series(name=name, values=tuple(value if value >= FEWEST else None for value in found))

    def all_of(prefix: str) -> list[Series]:
        names = {name.removeprefix(prefix) for week in counted for name in week.counts if name.startswith(prefix)}
        return [series(name, prefix) for name in sorted(names)]

    found = {
        "languages": all_of(LANGUAGE),
        "rhythms": all_of(RHYTHM),
        "sent": [series(SENT)],
        "left": [series(LEFT)],
    }
    seen = {name: tuple(one for one in some if one.seen) for name, some in found.items()}
    return [Field(name=name, series=some) for name, some in seen.items() if some]
