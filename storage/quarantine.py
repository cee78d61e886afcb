"""Rows that nobody takes up by themselves: what a restored back-up brought along, and what does not open.

Such a row keeps its place, and its second (`not_before` in the outbox, `run_at` among the jobs) says why it waits.
"""

from __future__ import annotations

from sqlalchemy import update

from storage.broadcasts import BROADCAST_JOB
from storage.connection import Connection
from storage.tables import jobs, outbox

QUARANTINE = 1 << 40
"""Of a restored back-up (the year 36812): it may have been sent long ago, and waits for a person to decide."""
ASIDE = QUARANTINE + 1
"""It does not open: it waits for the next start, perhaps with the right ring."""


async def hold(connection: Connection) -> int:
    """Messages, and broadcasts that were half done. Returns how many."""
    messages = await connection.execute(update(outbox).values(not_before=QUARANTINE))
    broadcasts = await connection.execute(
        update(jobs).where(jobs.c.kind == BROADCAST_JOB).values(run_at=QUARANTINE, lease_until=0)
    )
    return int(messages.rowcount + broadcasts.rowcount)


async def release(connection: Connection) -> int:
    """What `hold` held may go on. Returns how many."""
    messages = await connection.execute(update(outbox).where(outbox.c.not_before == QUARANTINE).values(not_before=0))
    broadcasts = await connection.execute(update(jobs).where(jobs.c.run_at == QUARANTINE).values(run_at=0))
    return int(messages.rowcount + broadcasts.rowcount)
