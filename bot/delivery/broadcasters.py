"""Broadcasts to platforms. They go past the outbox: a line in the ledger for each reader is all that is written.

Every broadcast that runs has a `Cast` here, and they take turns at the slots of each bot account: a small one is done
soon, however large the others are. Other workers do the same with other shards.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable, Collection, Mapping
from functools import partial

from bot.bell import Bell
from bot.delivery.books import Books
from bot.delivery.cast import Cast
from bot.delivery.limits import Limiter
from bot.delivery.memory import Memory
from bot.delivery.outlet import Outlet
from bot.delivery.sayings import Sayings
from bot.delivery.slots import account_of
from bot.flows.script import Script
from bot.flows.turn import Turn
from bot.platforms.base import Adapter
from storage.broadcast import Broadcast, State
from storage.errors import DatabaseBusy, DiskFull
from storage.ids import BroadcastId, new_id
from storage.line import Urgency
from storage.store import Store, Transaction
from storage.subscriber import Subscriber

log = logging.getLogger(__name__)

STOP_SECONDS = 45.0
"""So long a stop waits for what is on its way."""
_LOOK_SECONDS = 1.0
_MANY = ":many"
"""Behind the name of an account: its pace for new messages, where they have one of their own."""


class Broadcasters:
    """scripts: by kind. chats: the senders' limiters, by platform. turn: as a timer has it, with nobody behind it."""

    def __init__(
        self,
        store: Store,
        adapters: Mapping[str, Adapter],
        scripts: Mapping[str, Script],
        turn: Callable[[Transaction], Turn],
        chats: Mapping[str, Limiter],
        *,
        intake_bell: Bell,
        absent: Collection[str] = (),
    ) -> None:
        """absent: the platforms that another worker has; looked at anew each time"""
        self._store = store
        self._adapters = adapters
        self._absent = absent
        self._scripts = scripts
        self._turn = turn
        self._chats = chats
        self._books = Books(store, intake_bell.ring)
        self._owner = new_id()
        self._outlets: dict[str, Outlet] = {}
        self._casts: dict[BroadcastId, asyncio.Task[bool]] = {}
        self._memories: dict[BroadcastId, Memory] = {}
        self._is_closing = False
        self.bell = Bell()

    async def run(self) -> None:
        """Until cancelled. What is on its way is waited for, at most STOP_SECONDS, and noted before this ends."""
        try:
            while True:
                try:
                    await self._look()
                except (DatabaseBusy, DiskFull) as error:
                    log.error("broadcasts wait: %s", error)
                await self.bell.wait(_LOOK_SECONDS)
        finally:
            await self._close()

    async def settle(self) -> bool:
        """Sends until nothing can be sent now: for tests. False: there was nothing to do."""
        worked = False
        while True:
            found = await self._found()
            if not any(await asyncio.gather(*map(self._cast, found))):
                return worked
            worked = True

    async def _look(self) -> None:
        for broadcast, cast in list(self._casts.items()):
            if cast.done():
                del self._casts[broadcast]
                if (error := cast.exception()) is not None:
                    log.error("a broadcast broke off: %s", type(error).__name__)
        for found in await self._found():
            self._casts[found.id] = asyncio.create_task(self._cast(found))

    async def _found(self) -> list[Broadcast]:
        """Those that nobody here works on, and in which something is left to be done."""
        async with self._store.read() as tx:
            open_ = await tx.broadcasts.open()
        self._memories = {one.id: self._memories.get(one.id, Memory()) for one in open_}
        idle = [one for one in open_ if one.id not in self._casts]
        return [one for one in idle if not await self._is_closed(one)]

    async def _is_closed(self, broadcast: Broadcast) -> bool:
        """Whether nothing is left to be done in it; it is counted up then."""
        async with self._store.write(Urgency.BOOKS) as tx:
            return await tx.shards.close(broadcast) or broadcast.state is not State.RUNNING

    async def _cast(self, broadcast: Broadcast) -> bool:
        script = self._scripts.get(broadcast.kind)
        if script is None:
            log.error("there is no script for a broadcast of this kind: %s", broadcast.kind)
            return False
        sayings = Sayings(self._store, script, broadcast, self._turn)
        if not await sayings.are_left():
            async with self._store.write(Urgency.BOOKS) as tx:
                await tx.broadcasts.cancel(broadcast.id, "over")
            return True
        says = not sayings.are_changes
        cast = Cast(
            self._store,
            self._books,
            sayings,
            broadcast,
            self._memories[broadcast.id],
            self._owner,
            partial(self._outlet, says=says),
            closing=lambda: self._is_closing,
            per_second=self._fastest(says=says),
        )
        return await cast.go()

    def _outlet(self, reader: Subscriber, *, says: bool) -> Outlet | None:
        """says: a message is new. Only such a one goes at a pace of its own; changes share that of all other messages,
        which is the only one that platforms promise for them.
        """
        adapter = self._adapters.get(reader.chat.platform)
        if adapter is None:
            return None
        has_own_pace = says and adapter.capabilities.many_per_second is not None
        account = account_of(reader.chat) + (_MANY if has_own_pace else "")
        if account not in self._outlets:
            pace = _pace(adapter, says=says)
            self._outlets[account] = Outlet(
                self._store,
                adapter,
                self._chats[adapter.platform],
                account,
                pace,
                self._absent,
                is_fastest=(pace or math.inf) >= self._fastest(says=says),
            )
        return self._outlets[account]

    def _fastest(self, *, says: bool) -> float:
        """Of the platforms that are here. Without a limit, more than any."""
        here = [adapter for name, adapter in self._adapters.items() if name not in self._absent]
        return max(_pace(adapter, says=says) or math.inf for adapter in here or self._adapters.values())

    async def _close(self) -> None:
        self._is_closing = True
        if self._casts:
            await asyncio.wait(self._casts.values(), timeout=STOP_SECONDS)
        await self._books.settle()
        for outlet in self._outlets.values():
            await outlet.settle()


def _pace(adapter: Adapter, *, says: bool) -> float | None:
    """Messages a second. None: there is no limit."""
    capabilities = adapter.capabilities
    return (capabilities.many_per_second if says else None) or capabilities.per_second
