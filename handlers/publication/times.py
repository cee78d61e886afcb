"""When a story comes out: a random second of a later day, or the one that editors name. All in UTC."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from handlers.policy import LATEST_RELEASE_DAYS, PUBLISHED_FROM, PUBLISHED_UNTIL
from storage.clock import HOUR, coarse, day_of

PUBLISH = "publish"
"""The timer of a scheduled story; its subject is the story's id."""
SLOTS = {
    "day": (1, PUBLISHED_FROM, PUBLISHED_UNTIL),
    "morning": (1, PUBLISHED_FROM, 11),
    "evening": (1, 17, PUBLISHED_UNTIL),
    "later": (3, PUBLISHED_FROM, PUBLISHED_UNTIL),
}
"""How many days ahead, and between which hours."""
MOSCOW_HOURS = 3
"""By which Moscow is ahead of UTC, in summer and in winter (IANA's Europe/Moscow, since October 2014)."""
_WRITTEN = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?[\s,]+(\d{1,2})[:.](\d{2})")


def random_second(now: int, slot: str) -> int:
    """Within the slot, at full ten minutes: nobody can tell from it when editors decided."""
    days, first, last = SLOTS[slot]
    return coarse(
        _midnight(day_of(now) + timedelta(days=days)) + first * HOUR + secrets.randbelow((last - first) * HOUR)
    )


def earliest_day(now: int) -> date:
    return day_of(now) + timedelta(days=1)


def latest_day(now: int) -> date:
    return day_of(now) + timedelta(days=LATEST_RELEASE_DAYS)


def may_come_out(second: int, now: int) -> bool:
    """Never today, and not so late that the story would be destroyed before."""
    return earliest_day(now) <= day_of(second) <= latest_day(now)


def hurries(goes_out: int, approved: date) -> bool:
    """approved: the day of the second approval. Only the demonstration lets a story out on that day."""
    return day_of(goes_out) == approved


def second_of(written: str, now: int) -> int | None:
    """ "25.11 18:30", also with the year: the moment that editors mean. None: it is none, or may not be chosen."""
    seconds = map(coarse, moments_of(written, now))
    return next((second for second in seconds if may_come_out(second, now)), None)


def moments_of(written: str, now: int) -> tuple[int, ...]:
    """The seconds that such words may mean: without a year, that of this year and of the next. Empty: they are none."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        return ()
    day, month, year, hour, minute = found.groups()
    today = day_of(now)
    seconds = []
    for guess in (int(year),) if year else (today.year, today.year + 1):
        with suppress(ValueError):
            moment = datetime(guess, int(month), int(day), int(hour), int(minute), tzinfo=UTC)
            seconds.append(int(moment.timestamp()))
    return tuple(seconds)


def moment_of(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def _midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
