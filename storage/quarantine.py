"""Rows that nobody takes up by themselves: what a restored back-up brought along, and what does not open.

Such a row keeps its place, and its second (`not_before` in the queues, `run_at` among the jobs, `due` of a timer) says
why it waits.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select, update

from storage.broadcast import RESTORED, State
from storage.connection import Connection
from storage.tables import broadcasts, inbox, jobs, outbox, subscribers, timers

QUARANTINE = 1 << 40
"""Of a restored back-up (the year 36812): it may have been sent long ago, and waits for a person to decide."""
ASIDE = QUARANTINE + 1
"""It does not open: it waits for the next start, perhaps with the right ring."""
HELD_ATTEMPTS = 1 << 14
"""Of an event in quarantine: more than any that failed has, so that those behind it go on and no start wakes it."""

_HELD = (
    outbox.c.not_before == QUARANTINE,
    jobs.c.run_at == QUARANTINE,
    inbox.c.not_before == QUARANTINE,
    timers.c.due >= QUARANTINE,
    (broadcasts.c.state == State.PAUSED) & (broadcasts.c.why == RESTORED),
    subscribers.c.digest_due >= QUARANTINE,
)


async def hold(connection: Connection, speaking: Collection[str]) -> int:
    """Everything that would say something: messages, broadcasts, digests, slow work, events that were not answered yet,
    and timers of the kinds `speaking`. Returns how many. Whatever deletes goes on.
    """
    held = [
        await connection.execute(update(outbox).values(not_before=QUARANTINE)),
        await connection.execute(update(jobs).values(run_at=QUARANTINE, lease_until=0)),
        await connection.execute(update(inbox).values(not_before=QUARANTINE, attempts=HELD_ATTEMPTS)),
        await connection.execute(
            update(timers).where(timers.c.kind.in_(speaking)).values(due=timers.c.due + QUARANTINE)
        ),
        await connection.execute(
            update(broadcasts).where(broadcasts.c.state == State.RUNNING).values(state=State.PAUSED, why=RESTORED)
        ),
        await connection.execute(
            update(subscribers)
            .where(subscribers.c.digest_due.is_not(None))
            .values(digest_due=subscribers.c.digest_due + QUARANTINE)
        ),
    ]
    return sum(done.rowcount for done in held)


async def release(connection: Connection) -> int:
    """What `hold` held may go on. Returns how many."""
    sent, worked, heard, rung, paused, put_off = _HELD
    released = [
        await connection.execute(update(outbox).where(sent).values(not_before=0)),
        await connection.execute(update(jobs).where(worked).values(run_at=0)),
        await connection.execute(update(inbox).where(heard).values(not_before=0, attempts=0)),
        await connection.execute(update(timers).where(rung).values(due=timers.c.due - QUARANTINE)),
        await connection.execute(update(broadcasts).where(paused).values(state=State.RUNNING, why="")),
        await connection.execute(
            update(subscribers).where(put_off).values(digest_due=subscribers.c.digest_due - QUARANTINE)
        ),
    ]
    return sum(done.rowcount for done in released)


async def count(connection: Connection) -> int:
    """How many wait for a person to decide."""
    waiting = 0
    for held in _HELD:
        waiting += int((await connection.execute(select(func.count()).where(held))).scalar_one())
    return waiting
