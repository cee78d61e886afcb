"""When a reader wants to hear of stories: at once, once a day or once a week by their own clock, and not at night.

Arithmetic only: what is asked about is a second since 1970, and so is the answer.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

import msgspec

from storage.clock import MINUTE

SLOT = 15 * MINUTE
"""A digest is due at a full quarter of an hour: every time zone has its full hours at one of those."""
_OFFSET = re.compile(r"UTC(?:([+-])(\d{1,2})(?::(\d{2}))?)?")


class Every(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class Quiet(msgspec.Struct, frozen=True, kw_only=True):
    """Hours of the reader's clock, over midnight or not."""

    begins: int
    ends: int

    def has(self, hour: int) -> bool:
        if self.begins <= self.ends:
            return self.begins <= hour < self.ends
        return hour >= self.begins or hour < self.ends


class Rhythm(msgspec.Struct, frozen=True, kw_only=True):
    every: Every = Every.AT_ONCE
    weekday: int = 0
    """of a weekly digest; 0: Monday"""
    hour: int = 9
    """of a digest"""
    zone: str = ""
    """of the reader's clock: "Asia/Tbilisi" or "UTC+4"; empty: never asked, UTC"""
    quiet: Quiet | None = None
    """when stories that come at once do not"""

    def is_quiet(self, now: int) -> bool:
        return self.quiet is not None and self.quiet.has(datetime.fromtimestamp(now, zone_of(self.zone)).hour)

    def next_digest(self, after: int) -> int:
        """The first slot later than that at which a digest is due.

        Who wants all at once gets what has waited for them in the next slot outside of the quiet hours.
        """
        if self.every is not Every.AT_ONCE:
            weekday = self.weekday if self.every is Every.WEEKLY else None
            return _next(zone_of(self.zone), self.hour, weekday, after)
        slot = _slot(after + 1)
        if self.quiet is None or not self.is_quiet(slot):
            return slot
        return _next(zone_of(self.zone), self.quiet.ends, None, slot)


@cache
def zone_of(name: str) -> tzinfo:
    """A zone that is known no more counts as UTC: its readers' digests must come all the same."""
    offset = _OFFSET.fullmatch(name)
    if offset is not None:
        sign = -1 if offset[1] == "-" else 1
        return timezone(sign * timedelta(hours=int(offset[2] or 0), minutes=int(offset[3] or 0)))
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError):  # ZoneInfoNotFoundError is a KeyError
        return UTC


def _next(zone: tzinfo, hour: int, weekday: int | None, after: int) -> int:
    """Each day of the reader's calendar has one such moment: of an hour that the clock shows twice it is the first one,
    and when the clock leaps over it, it comes as much later as the clock has leapt (PEP 495, fold=0).
    """
    day = datetime.fromtimestamp(after, zone).date()
    while True:
        moment = _slot(int(datetime.combine(day, time(hour), zone).timestamp()))
        if moment > after and (weekday is None or day.weekday() == weekday):
            return moment
        day += timedelta(days=1)


def _slot(second: int) -> int:
    """The first one that is not earlier."""
    return second + -second % SLOT
