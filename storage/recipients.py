"""Whom a broadcast meets next: readers of a shard who have no line in its ledger yet, as their rows are now."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Integer, Row, Select, bindparam, exists, select, union

from storage.audience import Audience, who
from storage.broadcast import Broadcast
from storage.deliveries import copy_of
from storage.errors import VaultError
from storage.ids import ID_BYTES, BroadcastId, KeyId, SubscriberId
from storage.openings import Copy, opened
from storage.shards import Shard
from storage.subscriber import Subscriber
from storage.subscribers import Subscribers
from storage.tables import deliveries, openings, subscribers, wraps
from storage.vault import Holder
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
    """of all of them; None: there are none"""
    is_end: bool
    """nobody is left behind it"""


class Recipients:
    def __init__(self, work: Work) -> None:
        self._work = work
        self._subscribers = Subscribers(work)

    async def page(self, broadcast: Broadcast, shard: Shard, after: SubscriberId | None, most: int) -> Page:
        """Readers of the shard behind `after`, as their rows are now."""
        given = {
            "of": broadcast.id,
            "over": broadcast.over,
            "generation": broadcast.generation,
            "beyond": _before(shard.low) if after is None else after,
            "high": shard.high,
            "most": most,
        }
        next_ = _next_readers(broadcast.audience) if broadcast.over is None else _next_copies()
        return await self._read(broadcast, (await self._work.connection.execute(next_, given)).all(), most)

    async def _read(self, broadcast: Broadcast, rows: Sequence[Row[Any]], most: int) -> Page:
        work = self._work
        recipients, unreadable = [], []
        for place, row in enumerate(rows):
            if place % _OPENED_AT_ONCE == 0:
                await asyncio.sleep(0)  # others must not wait for a whole page: a slot is missed by milliseconds
            work.keys.learn(KeyId(row.key_id), row.wrap)
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
            is_end=len(rows) < most,
        )

    async def _copies(self, broadcast: BroadcastId, reader: Subscriber, row: Row[Any]) -> tuple[Copy, ...]:
        key = await self._work.keys.get(self._work.connection, reader.key_id)
        found: list[Copy] = []
        if row.copy is not None:
            found.append(copy_of(key, broadcast, reader.id, row.copy))
        if row.opened is not None:
            found += opened(key, broadcast, reader.id, row.opened)
        return tuple(found)


@lru_cache
def _next_readers(audience: Audience) -> Select[Any]:
    return _next(select(subscribers, wraps.c.wrap).where(*who(audience, bindparam("generation"))))


@cache
def _next_copies() -> Select[Any]:
    """Readers with the line and the opened messages that they have of the broadcast that is changed."""
    line, further, over = deliveries.c, openings.c, bindparam("over", type_=deliveries.c.broadcast.type)
    have = union(
        select(line.subscriber).where(line.broadcast == over, line.body.is_not(None), *_within(line.subscriber)),
        select(further.subscriber).where(further.broadcast == over, *_within(further.subscriber)),
    ).subquery()
    return _next(
        select(subscribers, wraps.c.wrap, line.body.label("copy"), further.body.label("opened"))
        .join(have, have.c.subscriber == subscribers.c.id)
        .outerjoin(deliveries, (line.broadcast == over) & (line.subscriber == subscribers.c.id))
        .outerjoin(openings, (further.broadcast == over) & (further.subscriber == subscribers.c.id))
    )


def _next(found: Select[Any]) -> Select[Any]:
    """Made once: it is asked for with every page, and making it costs more than running it."""
    done = deliveries.alias()
    has_line = exists().where(done.c.broadcast == bindparam("of"), done.c.subscriber == subscribers.c.id)
    with_keys = found.outerjoin(wraps, (wraps.c.key_id == subscribers.c.key_id) & (wraps.c.holder == Holder.RING))
    beginning = with_keys.where(*_within(subscribers.c.id), ~has_line).order_by(subscribers.c.id)
    return beginning.limit(bindparam("most", type_=Integer))


def _within(column: ColumnElement[bytes]) -> list[ColumnElement[bool]]:
    """Both ends are bound: with one of them a database reads to the end of the table."""
    return [column > bindparam("beyond"), column <= bindparam("high")]


def _before(low: SubscriberId) -> bytes:
    """What lies just before the first id of a shard; before the very first there is nothing but no bytes at all."""
    place = int.from_bytes(low)
    return (place - 1).to_bytes(ID_BYTES) if place else b""
