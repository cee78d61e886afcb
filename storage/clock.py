"""Time as the store sees it. Handed in, so that tests can let days pass."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Protocol

DAY = 86_400
HOUR = 3_600
MINUTE = 60


class Clock(Protocol):
    def now(self) -> int:
        """Seconds since 1970, UTC."""
        ...


class SystemClock:
    def now(self) -> int:
        return int(time.time())


def day_of(seconds: int) -> date:
    """The UTC day of a moment: the coarsest time that rows keep where seconds are not needed."""
    return datetime.fromtimestamp(seconds, UTC).date()


def coarse(second: int) -> int:
    """The next full ten minutes: a timer stands open in the database, and must not tell when somebody acted."""
    return second + -second % (10 * MINUTE)
