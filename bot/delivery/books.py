"""Writes down what became of each delivery, right after it, in groups: one commit for what ends close together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import msgspec

from bot.intake import happen
from bot.types import Gone, Offered
from storage.address import Account
from storage.deliveries import Line
from storage.errors import DatabaseBusy, DiskFull
from storage.line import Urgency
from storage.store import Store, Transaction
from storage.subscriber import Subscriber

log = logging.getLogger(__name__)

_GROUP_SECONDS = 0.015
"""Whoever ends so shortly after another is written with them; nobody's message waits for it."""
_MANY, _MANY_SECONDS = 10, 0.025
"""When so many have ended by then, a commit waits for those that end so much later: it costs as much as a few lines."""
_MOST = 100
"""lines in one transaction, which people's turns wait for"""
_AGAIN_SECONDS = 1.0


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    line: Line
    reader: Subscriber | None = None
    """None: the row did not open"""
    happened: Gone | Offered | None = None
    """what follows for the reader's chat"""
    settle: Callable[[Transaction], Awaitable[None]] | None = None
    """what a script writes with it"""


class Books:
    """wake_intake: called after a commit that put something into the inbox."""

    def __init__(self, store: Store, wake_intake: Callable[[], None]) -> None:
        self._store = store
        self._wake_intake = wake_intake
        self._waiting: list[tuple[Entry, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def write(self, entry: Entry) -> None:
        """Returns when it is on the disk."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, written))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_groups())
        await written

    async def settle(self) -> None:
        while self._writing is not None:
            await asyncio.wait([self._writing])

    async def _write_groups(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(_GROUP_SECONDS)
                if len(self._waiting) >= _MANY:
                    await asyncio.sleep(_MANY_SECONDS)
                group, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                try:
                    await self._write([entry for entry, _ in group])
                except (DatabaseBusy, DiskFull) as error:
                    log.error("what was sent can't be noted and will be tried again: %s", error)
                    self._waiting = group + self._waiting
                    await asyncio.sleep(_AGAIN_SECONDS)
                except Exception as error:
                    for _, written in group:
                        if not written.cancelled():
                            written.set_exception(error)
                else:
                    for _, written in group:
                        if not written.cancelled():
                            written.set_result(None)
        finally:
            self._writing = None

    async def _write(self, entries: list[Entry]) -> None:
        async with self._store.write(Urgency.BOOKS) as tx:
            new = await tx.deliveries.write([entry.line for entry in entries])
            # By id: two workers that settle for the same readers must not wait for each other.
            for entry in sorted(entries, key=lambda entry: entry.line.reader):
                if entry.settle is not None and (entry.line.shard.broadcast, entry.line.reader) in new:
                    await entry.settle(tx)
                if entry.happened is not None and entry.reader is not None:
                    chat = entry.reader.chat
                    await happen(tx, chat, Account(platform=chat.platform, person=chat.chat), entry.happened)
                    tx.work.on_commit.append(self._wake_intake)
