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

import msgspec
from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.sql.dml import ReturningInsert

from storage.address import Reference
from storage.codec import decode, encode
from storage.counts import Outcome, how_many, more
from storage.errors import VaultError
from storage.ids import ID_BYTES, BroadcastId, KeyId, SubscriberId
from storage.messages import ANCHOR_DAYS
from storage.openings import Copy
from storage.shards import Shard
from storage.tables import broadcasts, deliveries, openings, shards
from storage.upserts import insert_new
from storage.vault import Column, DataKey, open_sealed, seal
from storage.work import Work

log = logging.getLogger(__name__)

_count = (
    update(shards)
    .where(shards.c.broadcast == bindparam("of"), shards.c.number == bindparam("at"))
    .values(**more(shards))
)
_BODY = Column("deliveries", "body", block=64)
_SEALED_AT_ONCE = 10
_FORGOTTEN_AT_ONCE = 20_000
"""Lines: those of a million readers are not deleted in one transaction."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    shard: Shard
    reader: SubscriberId
    outcome: Outcome
    key_id: KeyId | None = None
    """of the reader's row; None: there is no copy to seal"""
    copy: Reference | None = None
    note: bytes = b""
    """of the copy: `Copy.note`"""


class Deliveries:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def write(self, lines: Sequence[Line]) -> set[tuple[BroadcastId, SubscriberId]]:
        """Whose lines are new: a reader who has one already keeps it, as somebody else was here first."""
        if not lines:
            return set()
        rows = []
        for place, line in enumerate(lines, 1):
            if place % _SEALED_AT_ONCE == 0:
                await asyncio.sleep(0)  # others must not wait for all of them: a slot is missed by milliseconds
            rows.append(await self._row(line))
        added = await self._work.connection.execute(_new_lines(is_sqlite=self._work.is_sqlite), rows)
        new = {(BroadcastId(broadcast), SubscriberId(subscriber)) for broadcast, subscriber in added.all()}
        counted: dict[tuple[BroadcastId, int], list[Outcome]] = defaultdict(list)
        for line in lines:
            if (line.shard.broadcast, line.reader) in new:
                counted[line.shard.broadcast, line.shard.number].append(line.outcome)
        if counted:
            more_each = [
                {"of": broadcast, "at": number} | how_many(outcomes)
                for (broadcast, number), outcomes in sorted(counted.items())
            ]
            await self._work.connection.execute(_count, more_each)
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
        for lines in (deliveries, openings):
            within = lines.c.subscriber.between(low.to_bytes(ID_BYTES), (high - 1).to_bytes(ID_BYTES))
            await self._work.connection.execute(delete(lines).where(lines.c.broadcast == broadcast, within))
        if part + 1 == parts:
            for table, name in ((shards, shards.c.broadcast), (broadcasts, broadcasts.c.id)):
                await self._work.connection.execute(delete(table).where(name == broadcast))

    async def _row(self, line: Line) -> dict[str, object]:
        broadcast = line.shard.broadcast
        body = None
        if line.copy is not None and line.key_id is not None:
            try:
                key = await self._work.keys.get(self._work.connection, line.key_id)
            except VaultError:  # they left while it was on its way
                pass
            else:
                copy = Copy(note=line.note, message=line.copy.message)
                body = seal(key, _BODY, broadcast + line.reader, 0, encode(copy))
        return {"broadcast": broadcast, "subscriber": line.reader, "outcome": line.outcome, "body": body}


def copy_of(key: DataKey, broadcast: BroadcastId, reader: SubscriberId, body: bytes) -> Copy:
    """Where the reader's copy stands. Raises VaultError."""
    found: Copy = decode(Copy, open_sealed(key, _BODY, broadcast + reader, 0, body))
    return found


@cache
def _new_lines(*, is_sqlite: bool) -> ReturningInsert[bytes, bytes]:
    return insert_new(deliveries, is_sqlite=is_sqlite).returning(deliveries.c.broadcast, deliveries.c.subscriber)
