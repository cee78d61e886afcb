"""The ledger: what became of a broadcast for each of its readers, and where their copy stands.

A line is written right after each send, and once for each reader, so that nobody gets anything twice and every reader
is counted. A copy's reference is sealed with the key of its reader's own row: when they leave, nothing leads to it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, delete, exists, func, select, update
from sqlalchemy.sql.dml import ReturningInsert

from storage.address import Reference
from storage.audience import who
from storage.broadcasts import Broadcast
from storage.codec import decode, encode
from storage.counts import Outcome, more
from storage.errors import VaultError
from storage.ids import ID_BYTES, BroadcastId, KeyId, SubscriberId
from storage.messages import ANCHOR_DAYS
from storage.private import Private
from storage.shards import Shard
from storage.subscriber import Subscriber
from storage.subscribers import Subscribers
from storage.tables import broadcasts, deliveries, shards, subscribers
from storage.upserts import insert_new
from storage.vault import Column, open_sealed, seal
from storage.work import Work

log = logging.getLogger(__name__)

_BODY = Column("deliveries", "body", block=64)
_OPENED_AT_ONCE = 10
_FORGOTTEN_AT_ONCE = 20_000
"""Lines: those of a million readers are not deleted in one transaction."""


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed of a line: the message in the reader's chat."""

    message: Private[str]


class Recipient(msgspec.Struct, frozen=True, kw_only=True):
    reader: Subscriber
    copy: Reference | None = None
    """of the broadcast that is corrected"""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Some readers of a shard who have no line yet, in the order of their ids."""

    recipients: tuple[Recipient, ...]
    unreadable: tuple[SubscriberId, ...]
    """whose rows do not open: they must not stop everybody else's story"""
    last: SubscriberId | None
    """of all of them; None: nobody is left"""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    shard: Shard
    reader: SubscriberId
    outcome: Outcome
    key_id: KeyId | None = None
    """of the reader's row; None: there is no copy to seal"""
    copy: Reference | None = None


class Deliveries:
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
            copies = deliveries.c
            found = select(subscribers, copies.body.label("copy")).join(
                deliveries, (copies.broadcast == broadcast.over) & (copies.subscriber == subscribers.c.id)
            )
            conditions = [copies.body.is_not(None), *_within(deliveries.c.subscriber, shard, after)]
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

    async def write(self, lines: Sequence[Line]) -> set[tuple[BroadcastId, SubscriberId]]:
        """Whose lines are new: a reader who has one already keeps it, as somebody else was here first."""
        if not lines:
            return set()
        rows = [await self._row(line) for line in lines]
        added = await self._work.connection.execute(_new_lines(is_sqlite=self._work.is_sqlite), rows)
        new = {(BroadcastId(broadcast), SubscriberId(subscriber)) for broadcast, subscriber in added.all()}
        counted: dict[tuple[BroadcastId, int], list[Outcome]] = defaultdict(list)
        for line in lines:
            if (line.shard.broadcast, line.reader) in new:
                counted[line.shard.broadcast, line.shard.number].append(line.outcome)
        for (broadcast, number), outcomes in counted.items():
            await self._work.connection.execute(
                update(shards)
                .where(shards.c.broadcast == broadcast, shards.c.number == number)
                .values(**more(shards, outcomes))
            )
        return new

    async def past(self) -> list[tuple[BroadcastId, int]]:
        """Those whose lines are to go, each with the parts in which `forget` does it."""
        limit = self._work.today - timedelta(days=ANCHOR_DAYS)
        old = select(broadcasts.c.id, func.coalesce(broadcasts.c.total, 0)).where(broadcasts.c.day < limit)
        rows = (await self._work.connection.execute(old)).all()
        return [(BroadcastId(row), 1 + total // _FORGOTTEN_AT_ONCE) for row, total in rows]

    async def forget(self, broadcast: BroadcastId, part: int, parts: int) -> None:
        """One part of its lines; with the last of them goes the broadcast itself."""
        low, high = ((1 << 8 * ID_BYTES) * edge // parts for edge in (part, part + 1))
        within = deliveries.c.subscriber.between(low.to_bytes(ID_BYTES), (high - 1).to_bytes(ID_BYTES))
        await self._work.connection.execute(delete(deliveries).where(deliveries.c.broadcast == broadcast, within))
        if part + 1 == parts:
            for table, name in ((shards, shards.c.broadcast), (broadcasts, broadcasts.c.id)):
                await self._work.connection.execute(delete(table).where(name == broadcast))

    async def _read(self, broadcast: Broadcast, rows: Sequence[Row[Any]]) -> Page:
        work = self._work
        await work.keys.prefetch(work.connection, [KeyId(row.key_id) for row in rows])
        recipients, unreadable = [], []
        for place, row in enumerate(rows):
            if place % _OPENED_AT_ONCE == 0:
                await asyncio.sleep(0)  # others must not wait for a whole page: a slot is missed by milliseconds
            try:
                reader = await self._subscribers.opened(row)
                copy = None if broadcast.over is None else await self._copy(broadcast.over, reader, row.copy)
            except VaultError as error:
                log.error("a reader who can't be read gets nothing: %s", type(error).__name__)
                unreadable.append(SubscriberId(row.id))
            else:
                recipients.append(Recipient(reader=reader, copy=copy))
        return Page(
            recipients=tuple(recipients),
            unreadable=tuple(unreadable),
            last=SubscriberId(rows[-1].id) if rows else None,
        )

    async def _copy(self, broadcast: BroadcastId, reader: Subscriber, body: bytes) -> Reference:
        key = await self._work.keys.get(self._work.connection, reader.key_id)
        copy: Copy = decode(Copy, open_sealed(key, _BODY, broadcast + reader.id, 0, body))
        return Reference(chat=reader.chat, message=copy.message)

    async def _row(self, line: Line) -> dict[str, object]:
        broadcast = line.shard.broadcast
        body = None
        if line.copy is not None and line.key_id is not None:
            try:
                key = await self._work.keys.get(self._work.connection, line.key_id)
            except VaultError:  # they left while it was on its way
                pass
            else:
                body = seal(key, _BODY, broadcast + line.reader, 0, encode(Copy(message=line.copy.message)))
        return {"broadcast": broadcast, "subscriber": line.reader, "outcome": line.outcome, "body": body}


@cache
def _new_lines(*, is_sqlite: bool) -> ReturningInsert[bytes, bytes]:
    return insert_new(deliveries, is_sqlite=is_sqlite).returning(deliveries.c.broadcast, deliveries.c.subscriber)


def _within(column: ColumnElement[bytes], shard: Shard, after: SubscriberId | None) -> list[ColumnElement[bool]]:
    """Both ends are bound: with one of them a database reads to the end of the table."""
    beginning = column >= shard.low if after is None else column > after
    return [beginning, column <= shard.high]
