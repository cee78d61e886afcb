"""PostgreSQL's time: the same for every worker, whatever its machine's clock says. Leases and timers compare it."""

from __future__ import annotations

import time

from sqlalchemy import text

from storage.database import Database

_ASK = text("SELECT extract(epoch FROM clock_timestamp())::float8")


class SharedClock:
    """Between two questions it goes on by this machine's monotonic clock, which nobody puts back."""

    def __init__(self) -> None:
        self._ahead = time.time() - time.monotonic()

    async def set(self, database: Database) -> None:
        """Asks PostgreSQL; half of the way there and back is taken off."""
        async with database.read() as connection:
            await connection.execute(_ASK)  # the first statement of a connection takes longer
            asked = time.monotonic()
            answer = float((await connection.execute(_ASK)).scalar_one())
            self._ahead = answer - (asked + time.monotonic()) / 2

    def now(self) -> int:
        return int(time.monotonic() + self._ahead)
