"""The store: one way in. `write()` and `read()` give a `Transaction` with a room for each kind of thing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import copy
from functools import cached_property

from storage.audit import Audit
from storage.blobs import Blobs, BlobStore
from storage.blocks import Blocks
from storage.broadcasts import Broadcasts
from storage.clock import Clock, SystemClock
from storage.connection import Connection
from storage.contributors import Contributors
from storage.conversations import Conversations
from storage.crypto import Crypto
from storage.cutting import Cutting
from storage.database import Database
from storage.deliveries import Deliveries
from storage.digests import Digests
from storage.editors import Editors
from storage.files import Files
from storage.floods import Floods
from storage.inbox import Inbox
from storage.jobs import Jobs
from storage.keys import Keys
from storage.known_lanes import KnownLanes
from storage.lanes import Lanes
from storage.leases import Lease
from storage.letters import Letters
from storage.line import Urgency
from storage.messages import Messages
from storage.openings import Openings
from storage.outbox import Outbox
from storage.pace import Pace
from storage.questions import Questions
from storage.receipts import Receipts
from storage.recipients import Recipients
from storage.second_factors import SecondFactors
from storage.shards import Shards
from storage.shared_clock import SharedClock
from storage.stories import Stories
from storage.subscribers import Subscribers
from storage.suppressions import Suppressions
from storage.timers import Timers
from storage.tombstones import Tombstones
from storage.vault import ChainKeys, KeyRing, Pepper, Pseudonyms
from storage.vault.newsroom import NewsroomKey
from storage.weeks import Weeks
from storage.work import Work


class Transaction:
    """Everything that is done here is done together or not at all."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.now = work.now

    @cached_property
    def lanes(self) -> Lanes:
        return Lanes(self.work)

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self.work, self.lanes)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.work, self.lanes)

    @cached_property
    def messages(self) -> Messages:
        return Messages(self.work)

    @cached_property
    def conversations(self) -> Conversations:
        return Conversations(self.work)

    @cached_property
    def timers(self) -> Timers:
        return Timers(self.work)

    @cached_property
    def jobs(self) -> Jobs:
        return Jobs(self.work)

    @cached_property
    def blobs(self) -> Blobs:
        return Blobs(self.work)

    @cached_property
    def contributors(self) -> Contributors:
        return Contributors(self.work)

    @cached_property
    def blocks(self) -> Blocks:
        return Blocks(self.work)

    @cached_property
    def editors(self) -> Editors:
        return Editors(self.work)

    @cached_property
    def second_factors(self) -> SecondFactors:
        return SecondFactors(self.work)

    @cached_property
    def crypto(self) -> Crypto:
        return Crypto(self.work)

    @cached_property
    def stories(self) -> Stories:
        return Stories(self.work)

    @cached_property
    def questions(self) -> Questions:
        return Questions(self.work)

    @cached_property
    def receipts(self) -> Receipts:
        return Receipts(self.work)

    @cached_property
    def subscribers(self) -> Subscribers:
        return Subscribers(self.work)

    @cached_property
    def digests(self) -> Digests:
        return Digests(self.work, self.subscribers)

    @cached_property
    def suppressions(self) -> Suppressions:
        return Suppressions(self.work)

    @cached_property
    def weeks(self) -> Weeks:
        return Weeks(self.work)

    @cached_property
    def broadcasts(self) -> Broadcasts:
        return Broadcasts(self.work)

    @cached_property
    def cutting(self) -> Cutting:
        return Cutting(self.work)

    @cached_property
    def shards(self) -> Shards:
        return Shards(self.work)

    @cached_property
    def deliveries(self) -> Deliveries:
        return Deliveries(self.work)

    @cached_property
    def recipients(self) -> Recipients:
        return Recipients(self.work)

    @cached_property
    def openings(self) -> Openings:
        return Openings(self.work)

    @cached_property
    def pace(self) -> Pace:
        return Pace(self.work)

    @cached_property
    def letters(self) -> Letters:
        return Letters(self.work)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self.work)


class Store:
    def __init__(
        self,
        database: Database,
        files: Files,
        ring: KeyRing,
        names: Pseudonyms,
        chain: ChainKeys,
        pepper: Pepper,
        tombstones: Tombstones,
        newsroom: NewsroomKey | None,
        clock: Clock | None = None,
    ) -> None:
        self.database = database
        self.files = files
        self.keys = Keys(ring)
        self.names = names
        self.chain = chain
        self.pepper = pepper
        self.tombstones = tombstones
        self.floods = Floods(names)
        self.newsroom = newsroom
        self._known_lanes = KnownLanes()
        self.clock = clock or SystemClock()
        self.blobs = BlobStore(self)
        self.lease: Lease | None = None
        """without which nothing is written here"""
        self._alone: dict[str, Store] = {}

    @asynccontextmanager
    async def write(self, urgency: Urgency = Urgency.TURN) -> AsyncIterator[Transaction]:
        """One transaction, committed when the block ends without an exception."""
        async with self.database.write(urgency) as connection:
            work = self._work(connection)
            if self.lease is not None:
                await self.lease.hold(work)
            yield Transaction(work)
            for finish in work.before_commit:
                await finish()
            if work.gone:
                await asyncio.to_thread(self.tombstones.add, work.gone, work.today)
        for call in work.on_commit:
            call()
        for blob in work.doomed:
            await self.files.remove(blob)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """For looking only: what one block sees is one moment on SQLite, the latest committed rows on PostgreSQL."""
        async with self.database.read() as connection:
            yield Transaction(self._work(connection))

    def alone(self, name: str) -> Store:
        """For what one process at a time may do: nothing is written here unless this one has the lease `name`.

        The same store for the same name. On SQLite this very store: no other process is at work there.
        """
        if self.database.is_sqlite:
            return self
        if name not in self._alone:
            fenced = self._alone[name] = copy(self)
            fenced.lease = Lease(self, name)
        return self._alone[name]

    async def keep_in_step(self) -> None:
        """Once a minute, where others work on the same database: takes their time, and forgets the keys it remembers,
        because others may have shredded them. Raises WrongKey when the key ring here is older than theirs.
        """
        if isinstance(self.clock, SharedClock):
            await self.clock.set(self.database)
        self.keys.forget()
        async with self.database.write(Urgency.BOOKS) as connection:
            await self.keys.check(connection)

    async def close(self) -> None:
        await self.database.close()

    def _work(self, connection: Connection) -> Work:
        return Work(
            connection=connection,
            keys=self.keys,
            names=self.names,
            chain=self.chain,
            known_lanes=self._known_lanes,
            floods=self.floods,
            newsroom=self.newsroom,
            now=self.clock.now(),
        )
