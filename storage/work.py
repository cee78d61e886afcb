"""What every part of the store works with inside one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.clock import day_of
from storage.connection import Connection
from storage.ids import BlobId
from storage.keys import Keys
from storage.known_lanes import KnownLanes
from storage.vault import Pseudonyms


@dataclass(frozen=True, kw_only=True)
class Work:
    connection: Connection
    keys: Keys
    names: Pseudonyms
    known_lanes: KnownLanes
    now: int
    """seconds since 1970 at the start of the transaction"""
    on_commit: list[Callable[[], None]] = field(default_factory=list)
    """called once the transaction is safe on disk, never when it is rolled back"""
    doomed: list[BlobId] = field(default_factory=list)
    """shredded files, whose bytes go after the commit"""

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def is_sqlite(self) -> bool:
        return self.connection.dialect.name == "sqlite"

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that knows ON CONFLICT, in the words of this database."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)
