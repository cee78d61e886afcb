"""Who is being talked with: something that they said waits for its answer, or an answer waits to be sent.

A broadcast waits for them, so that it never comes between a question and its answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BindParameter, bindparam, exists, select, union

from storage.address import Address
from storage.inbox import MOST_ATTEMPTS
from storage.lanes import Lanes
from storage.quarantine import QUARANTINE
from storage.tables import inbox, outbox
from storage.vault import Purpose
from storage.work import Work

_anybody = select(exists().where(inbox.c.attempts < MOST_ATTEMPTS) | exists().where(outbox.c.not_before < QUARANTINE))
_names: BindParameter[list[bytes]] = bindparam("names", expanding=True)
_waiting = union(
    select(inbox.c.lane).where(inbox.c.lane.in_(_names), inbox.c.attempts < MOST_ATTEMPTS),
    select(outbox.c.lane).where(outbox.c.lane.in_(_names), outbox.c.not_before < QUARANTINE),
)


async def talking(work: Work, chats: Sequence[Address]) -> list[bool]:
    """Of each of these chats. What waits since before midnight is not looked at."""
    if not chats or not (await work.connection.execute(_anybody)).scalar():
        return [False] * len(chats)
    lanes = Lanes(work)
    names = [
        tuple(lanes.name(direction, chat) for direction in (Purpose.QUEUE_IN, Purpose.QUEUE_OUT)) for chat in chats
    ]
    every = [name for both in names for name in both]
    found = set((await work.connection.execute(_waiting, {"names": every})).scalars())
    return [not found.isdisjoint(both) for both in names]
