"""Whom a broadcast meets next: readers of a shard who have no line in its ledger yet, as their rows are now."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, Select, exists, select, union

from storage.audience import who
from storage.broadcasts import Broadcast
from storage.deliveries import copy_of
from storage.errors import VaultError
from storage.ids import BroadcastId, KeyId, SubscriberId
from storage.openings import Copy, opened
from storage.shards import Shard
from storage.subscriber import Subscriber
from storage.subscribers import Subscribers
from storage.tables import deliveries, openings, subscribers
from storage.work import Work

log = logging.getLogger(__name__)

_OPENED_AT_ONCE = 10


class Recipient(msgspec.Struct, frozen=True, kw_only=True):
    reader: Subscriber
    copies: tuple[Copy, ...] = ()
    """of the broadcast that is corrected, with what they have opened of it"""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Some readers of a shard who have no line yet, in the order of their ids."""

    recipients: tuple[Recipient, ...]
    unreadable: tuple[SubscriberId, ...]
    """whose rows do not open: they must not stop everybody else's story"""
    last: SubscriberId | None
    """of all of them; None: nobody is left"""


class Recipients:
    def __init__(self, work: Work) -> None:
        self._work = work
        self._subscribers = Subscribers(work)

    async def page(self, broadcast: Broadcast, shard: Shard, after: SubscriberId | None, most: int) -> Page:
        """Readers of the shard behind `after`, as their rows are now."""
        done = deliveries.alias()
        if broadcast.over is None:
            found = select(subscribers)
            conditions = who(broadcast.audience, broadcast.generation)
        else:
            found, conditions = _copies_of(broadcast.over, shard, after), []
        rows = await self._work.connection.execute(
            found.where(
                *conditions,
                *_within(subscribers.c.id, shard, after),
                ~exists().where(done.c.broadcast == broadcast.id, done.c.subscriber == subscribers.c.id),
            )
            .order_by(subscribers.c.id)
            .limit(most)
        )
        return await self._read(broadcast, rows.all())

    async def _read(self, broadcast: Broadcast, rows: Sequence[Row[Any]]) -> Page:
        work = self._work
        await work.keys.prefetch(work.connection, [KeyId(row.key_id) for row in rows])
        recipients, unreadable = [], []
        for place, row in enumerate(rows):
            if place % _OPENED_AT_ONCE == 0:
                await asyncio.sleep(0)  # others must not wait for a whole page: a slot is missed by milliseconds
            try:
                reader = await self._subscribers.opened(row)
                copies = () if broadcast.over is None else await self._copies(broadcast.over, reader, row)
            except VaultError as error:
                log.error("a reader who can't be read gets nothing: %s", type(error).__name__)
                unreadable.append(SubscriberId(row.id))
            else:
                recipients.append(Recipient(reader=reader, copies=copies))
        return Page(
            recipients=tuple(recipients),
            unreadable=tuple(unreadable),
            last=SubscriberId(rows[-1].id) if rows else None,
        )

    async def _copies(self, broadcast: BroadcastId, reader: Subscriber, row: Row[Any]) -> tuple[Copy, ...]:
        key = await self._work.keys.get(self._work.connection, reader.key_id)
        found: list[Copy] = []
        if row.copy is not None:
            found.append(copy_of(key, broadcast, reader.id, row.copy))
        if row.opened is not None:
            found += opened(key, broadcast, reader.id, row.opened)
        return tuple(found)


def _copies_of(over: BroadcastId, shard: Shard, after: SubscriberId | None) -> Select[Any]:
    """Readers with the line and the opened messages that they have of this broadcast."""
    line, further = deliveries.c, openings.c
    have = union(
        select(line.subscriber).where(
            line.broadcast == over, line.body.is_not(None), *_within(line.subscriber, shard, after)
        ),
        select(further.subscriber).where(further.broadcast == over, *_within(further.subscriber, shard, after)),
    ).subquery()
    return (
        select(subscribers, line.body.label("copy"), further.body.label("opened"))
        .join(have, have.c.subscriber == subscribers.c.id)
        .outerjoin(deliveries, (line.broadcast == over) & (line.subscriber == subscribers.c.id))
        .outerjoin(openings, (further.broadcast == over) & (further.subscriber == subscribers.c.id))
    )


def _within(column: ColumnElement[bytes], shard: Shard, after: SubscriberId | None) -> list[ColumnElement[bool]]:
    """Both ends are bound: with one of them a database reads to the end of the table."""
    beginning = column >= shard.low if after is None else column > after
    return [beginning, column <= shard.high]
