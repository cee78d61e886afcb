"""An INSERT that knows ON CONFLICT, in either database's words. Made once: making one costs as much as running it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

Insert: TypeAlias = "sqlite.Insert | postgresql.Insert"


def _insert(table: Table, *, is_sqlite: bool) -> Insert:
    if is_sqlite:
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # with it comes a driver that SQLite does not need

    return postgresql.insert(table)


@cache
def insert_new(table: Table, *, is_sqlite: bool) -> Insert:
    """Leaves alone what is there."""
    return _insert(table, is_sqlite=is_sqlite).on_conflict_do_nothing()


@cache
def upsert(table: Table, *, is_sqlite: bool) -> Insert:
    """Replaces every column of what is there."""
    statement = _insert(table, is_sqlite=is_sqlite)
    keys = list(table.primary_key.columns)
    others = {column.name: statement.excluded[column.name] for column in table.columns if column not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=others)
