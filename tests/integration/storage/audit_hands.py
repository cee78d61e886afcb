"""Hands on the audit trail: those that keep it, and those of somebody who has the database but not the root key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from sqlalchemy import delete, insert, select

from storage.audit_chain import ENDS
from storage.audit_check import Head, Whole, verify
from storage.ids import EditorId
from storage.store import Store
from storage.tables import audit, settings, wraps

ANNA = EditorId(b"anna" * 4)
Row: TypeAlias = dict[str, Any]
CONTENT = ("day", "key_id", "body", "mac")
"""of an entry, besides its number"""


@dataclass(frozen=True)
class Copy:
    """All of the trail at one moment, as it lies in the database."""

    rows: Sequence[Row]
    ends: bytes | None
    keys: Sequence[Row] = field(default=(), compare=False)


async def note(store: Store, *actions: str) -> None:
    """Each in a transaction of its own."""
    for action in actions:
        async with store.write() as tx:
            await tx.audit.note(action, actor=ANNA)


async def take(store: Store) -> Copy:
    async with store.read() as tx:
        rows = (await tx.work.connection.execute(select(audit).order_by(audit.c.seq))).mappings().all()
        ends = (await tx.work.connection.execute(select(settings.c.value).where(settings.c.name == ENDS))).scalar()
        found = select(wraps).where(wraps.c.key_id.in_({row["key_id"] for row in rows}))
        keys = (await tx.work.connection.execute(found)).mappings().all()
    return Copy([dict(row) for row in rows], ends, [dict(row) for row in keys])


async def put(store: Store, copy: Copy) -> None:
    """In the place of whatever is there."""
    async with store.write() as tx:
        await tx.work.connection.execute(delete(audit))
        await tx.work.connection.execute(delete(settings).where(settings.c.name == ENDS))
        if copy.rows:
            await tx.work.connection.execute(insert(audit), list(copy.rows))
        if copy.keys:
            await tx.work.connection.execute(tx.work.upsert(wraps), list(copy.keys))
        if copy.ends is not None:
            await tx.work.connection.execute(insert(settings).values(name=ENDS, value=copy.ends))


async def head_of(store: Store) -> Head:
    """What the admins would be shown today."""
    verdict = await verify(store)
    assert isinstance(verdict, Whole)
    assert verdict.head is not None
    return verdict.head


def numbers(copy: Copy) -> list[int]:
    return [row["seq"] for row in copy.rows]


def without(copy: Copy, *seqs: int) -> Copy:
    return replace(copy, rows=[row for row in copy.rows if row["seq"] not in seqs])


def changed(copy: Copy, seq: int, **values: object) -> Copy:
    return replace(copy, rows=[row | values if row["seq"] == seq else row for row in copy.rows])


def swapped(copy: Copy, one: int, other: int, columns: Sequence[str] = CONTENT) -> Copy:
    """What stands in these columns of two entries."""
    by = {row["seq"]: row for row in copy.rows}
    copy = changed(copy, one, **{name: by[other][name] for name in columns})
    return changed(copy, other, **{name: by[one][name] for name in columns})


def flipped(value: bytes, bit: int) -> bytes:
    bit %= len(value) * 8
    return (int.from_bytes(value) ^ (1 << bit)).to_bytes(len(value))
