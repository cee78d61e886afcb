"""A clock that a test sets."""

from __future__ import annotations

from datetime import UTC, datetime


class Clock:
    """Begins at noon on 1 March 2026, and moves only when a test says so."""

    def __init__(self) -> None:
        self.seconds = int(datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp())

    def now(self) -> int:
        return self.seconds

    def pass_(self, *, days: int = 0, hours: int = 0, minutes: int = 0, seconds: int = 0) -> None:
        self.seconds += ((days * 24 + hours) * 60 + minutes) * 60 + seconds

    def set(self, moment: datetime) -> None:
        self.seconds = int(moment.timestamp())
