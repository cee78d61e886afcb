"""What became of the readers of a broadcast, counted in each shard, and in its own row at the end."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Integer, Row, Table, bindparam, func


class Outcome(IntEnum):
    """Of one delivery. The numbers are stored."""

    SENT = 0
    """also: corrected, deleted"""
    SKIPPED = 1
    """it was nothing for this reader: another topic, a pause; or their copy is gone already"""
    BLOCKED = 2
    """they have blocked us, which ends their subscription"""
    FAILED = 3
    UNKNOWN = 4
    """it may have arrived; never sent again"""
    REPLACED = 5
    """a copy that could not be deleted says now that it was withdrawn"""


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Readers."""

    sent: int = 0
    skipped: int = 0
    blocked: int = 0
    failed: int = 0
    unknown: int = 0
    replaced: int = 0

    @property
    def all(self) -> int:
        return self.sent + self.skipped + self.blocked + self.failed + self.unknown + self.replaced

    @property
    def there(self) -> int:
        """Those in whose chats something stands that was not there before, or is not any more."""
        return self.sent + self.replaced


NAMES = {outcome: outcome.name.lower() for outcome in Outcome}
"""Of the columns."""


def counts_of(row: Row[*tuple[Any, ...]] | None) -> Counts:
    """Of a row that has all those columns."""
    if row is None:
        return Counts()
    return Counts(**{name: int(getattr(row, name) or 0) for name in NAMES.values()})


def summed(table: Table) -> list[ColumnElement[int]]:
    return [func.coalesce(func.sum(table.c[name]), 0).label(name) for name in NAMES.values()]


def more(table: Table) -> dict[str, ColumnElement[int]]:
    """The values of an UPDATE that counts some outcomes besides: `how_many` says which."""
    return {name: table.c[name] + bindparam(f"more_{name}", type_=Integer) for name in NAMES.values()}


def how_many(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """The parameters of `more`."""
    found = {f"more_{name}": 0 for name in NAMES.values()}
    for outcome in outcomes:
        found[f"more_{NAMES[outcome]}"] += 1
    return found
