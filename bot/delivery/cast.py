"""One broadcast, as far as this process works on it: shard after shard, until there is none to be had."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import nullcontext

from bot.delivery.books import Books
from bot.delivery.handing import Handing
from bot.delivery.memory import Memory
from bot.delivery.noting import Noting
from bot.delivery.outlet import Outlet
from bot.delivery.sayings import Sayings
from bot.delivery.walk import Walk
from bot.lease import held
from bot.rounds import gathered
from storage.broadcast import Broadcast, State
from storage.counts import Outcome
from storage.errors import DatabaseBusy, DiskFull
from storage.line import Urgency
from storage.shards import LEASE_SECONDS, Shard
from storage.store import Store
from storage.subscriber import Subscriber

log = logging.getLogger(__name__)

EXTEND_SECONDS = LEASE_SECONDS / 3
_AT_ONCE = 2
"""Shards that are walked through side by side: while one is begun, the other sends."""
_LANDING = 8
"""Shards besides whose last messages are on their way."""
_VERY_MANY = 200
"""Messages in a second: the loop has rounds then. With fewer of them, hardly two would come in one."""
_MANY_FAILED, _FAILED_SHARE = 20, 0.1
"""When so many have failed or are unknown, and they are more than this share, the broadcast pauses itself."""
FAILURES, BROKEN = "failures", "error"
"""Why it has paused itself."""


class Cast:
    """outlets: None for readers of a platform that is not configured. closing: the service ends."""

    def __init__(
        self,
        store: Store,
        books: Books,
        sayings: Sayings,
        broadcast: Broadcast,
        memory: Memory,
        owner: bytes,
        outlets: Callable[[Subscriber], Outlet | None],
        *,
        closing: Callable[[], bool],
        per_second: float,
    ) -> None:
        self._store = store
        self._books = books
        self._sayings = sayings
        self._broadcast = broadcast
        self._owner = owner
        self._outlets = outlets
        self._closing = closing
        self._per_second = per_second
        self._memory = memory
        self._walking = asyncio.Semaphore(_AT_ONCE)
        self._open = asyncio.Semaphore(_AT_ONCE + _LANDING)
        self._hand = asyncio.Lock()
        self._has_trouble = False

    async def go(self) -> bool:
        """Until nothing is left to be leased now. False: there was nothing at all. Raises nothing of the store's."""
        begun = False
        if self._is_doubtful:  # it could not be written down when it came to that
            await self._doubt()
        with gathered() if self._per_second >= _VERY_MANY else nullcontext():
            async with asyncio.TaskGroup() as walks:
                while not self._stopped():
                    await self._open.acquire()
                    await self._walking.acquire()
                    shard = await self._lease()
                    if shard is None:
                        break
                    begun = True
                    walks.create_task(self._walk(shard))
        return begun

    def _stopped(self) -> bool:
        return self._closing() or self._has_trouble or self._is_doubtful

    @property
    def _is_doubtful(self) -> bool:
        """Nothing more is sent from that moment on, and the broadcast is paused when what is on its way has landed."""
        failed, handled = self._memory.failed, self._memory.handled
        return failed >= _MANY_FAILED and failed > handled * _FAILED_SHARE

    async def _lease(self) -> Shard | None:
        try:
            async with self._store.write(Urgency.BOOKS) as tx:
                now = await tx.broadcasts.find(self._broadcast.id)
                if now is None or now.state is not State.RUNNING or not await tx.cutting.are_cut(now):
                    return None
                return await tx.shards.lease(now, self._owner)
        except (DatabaseBusy, DiskFull) as error:
            log.error("a broadcast waits: %s", error)
            return None

    async def _walk(self, shard: Shard) -> None:
        noting = Noting(self._books, self._sayings, shard, self._memory, self._count)
        handing = Handing(noting, self._sayings, shard, self._memory, self._outlets, stopped=self._stopped)
        walk = Walk(
            self._store,
            self._sayings,
            handing,
            self._broadcast,
            shard,
            self._hand,
            stopped=self._stopped,
            per_second=self._per_second,
        )
        passed = _Once(self._walking.release)
        try:
            async with held(self._store, lambda tx: tx.shards.extend(shard), every=EXTEND_SECONDS, what="a shard"):
                await walk.go(passed)
        except (DatabaseBusy, DiskFull) as error:
            log.error("a broadcast waits: %s", error)
            self._has_trouble = True
        except Exception as error:
            log.error("a broadcast was paused, because of %s", type(error).__name__)
            await self._pause(BROKEN)
        finally:
            passed()
            self._open.release()
        if self._is_doubtful and not self._has_trouble:
            await self._doubt()

    def _count(self, outcome: Outcome) -> None:
        if outcome is not Outcome.SKIPPED:
            self._memory.handled += 1
            self._memory.failed += outcome in (Outcome.FAILED, Outcome.UNKNOWN)

    async def _doubt(self) -> None:
        log.error("a broadcast was paused: %d of %d messages failed", self._memory.failed, self._memory.handled)
        await self._pause(FAILURES)

    async def _pause(self, why: str) -> None:
        self._has_trouble = True
        try:
            async with self._store.write(Urgency.BOOKS) as tx:
                await tx.broadcasts.pause(self._broadcast.id, why)
        except (DatabaseBusy, DiskFull) as error:
            log.error("a broadcast could not be paused: %s", error)


class _Once:
    def __init__(self, call: Callable[[], None]) -> None:
        self._call: Callable[[], None] | None = call

    def __call__(self) -> None:
        call, self._call = self._call, None
        if call is not None:
            call()
