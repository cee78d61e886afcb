"""What every part of the store works with inside one transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Table

from storage.clock import day_of
from storage.connection import Connection
from storage.floods import Floods
from storage.ids import BlobId, KeyId
from storage.keys import Keys
from storage.known_lanes import KnownLanes
from storage.upserts import Insert, insert_new, upsert
from storage.vault import ChainKeys, Pseudonyms
from storage.vault.newsroom import NewsroomKey


@dataclass(frozen=True, kw_only=True)
class Work:
    connection: Connection
    keys: Keys
    names: Pseudonyms
    chain: ChainKeys
    known_lanes: KnownLanes
    floods: Floods
    newsroom: NewsroomKey | None
    """for which stories' keys are sealed; None: nothing ever goes cold"""
    now: int
    """seconds since 1970 at the start of the transaction"""
    before_commit: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    """called as the last thing inside the transaction: what it locks is not held for longer than it must"""
    on_commit: list[Callable[[], None]] = field(default_factory=list)
    """called once the transaction is safe on disk, never when it is rolled back"""
    doomed: list[BlobId] = field(default_factory=list)
    """shredded files, whose bytes go after the commit"""
    gone: list[bytes] = field(default_factory=list)
    """the names of what no back-up may bring back: marked before the commit (`tombstones.py`)"""

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def is_sqlite(self) -> bool:
        return self.connection.dialect.name == "sqlite"

    async def shred(self, key_ids: Sequence[KeyId]) -> None:
        """For good, also after a restore: somebody has left, or what was theirs is deleted. `Keys.shred` is for what
        merely ends, and would end again.
        """
        await self.keys.shred(self.connection, key_ids)
        self.gone.extend(key_ids)

    def insert_new(self, table: Table) -> Insert:
        """INSERT … ON CONFLICT DO NOTHING, for parameters of one row or many."""
        return insert_new(table, is_sqlite=self.is_sqlite)

    def upsert(self, table: Table) -> Insert:
        """INSERT … ON CONFLICT DO UPDATE: all columns must be given."""
        return upsert(table, is_sqlite=self.is_sqlite)
