"""One event in, one transaction, effects out. Chats run side by side, each chat's events one after the other.

SQLite has one writer, so there chats wait for each other's commit, which costs more than a turn. Chats that are ready
in the same moment therefore share one transaction, an event each. If anything goes wrong in it, none of them has
happened, and each runs again in a transaction of its own: a turn that fails takes nobody along, and whatever is
confirmed or sent was committed before, as ever. Turns touch nothing but the store, so running again is harmless.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Mapping, Sequence

from bot.bell import Bell
from bot.delivery.post import Post
from bot.door import Door
from bot.errors import PlatformAway
from bot.flows.engine import Engine
from bot.platforms.base import Adapter
from bot.texts.fluent import Texts
from bot.turns import Turns
from storage.address import Address
from storage.errors import DatabaseBusy, DiskFull
from storage.ids import LaneId
from storage.store import Store

log = logging.getLogger(__name__)

AT_ONCE = 16
"""Chats whose turns run side by side; and turns that share a transaction on SQLite."""
_IDLE_SECONDS = 1.0
_PAUSE_SECONDS = 1.0
"""Before a chat is tried again whose turn the disk or the database did not take."""
_AWAY_SECONDS = 5
"""At least, before a chat is tried again whose platform did not answer. Nothing is written meanwhile."""


class Dispatcher:
    def __init__(
        self,
        store: Store,
        engine: Engine,
        adapters: Mapping[str, Adapter],
        rooms: Mapping[str, Address],
        texts: Texts,
        post: Post,
    ) -> None:
        self._store = store
        self._turns = Turns(store, engine, Door(adapters, rooms), texts, post)
        self._together = AT_ONCE if store.database.is_sqlite else 1
        self._busy: set[LaneId] = set()
        self._held: dict[LaneId, int] = {}
        """chats that wait for their platform → until when"""
        self.bell = Bell()

    async def run(self) -> None:
        """Until cancelled. A turn that this cuts short is rolled back, and its event waits for the next start."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                try:
                    free = await self._ready()
                except (DatabaseBusy, DiskFull) as error:
                    log.error("the inbox can't be read: %s", error)
                    free = []
                begun = free[: AT_ONCE - len(self._busy)]
                self._busy.update(begun)
                for start in range(0, len(begun), self._together):
                    tasks.create_task(self._share(tasks, begun[start : start + self._together]))
                if not free or len(self._busy) >= AT_ONCE:
                    await self.bell.wait(_IDLE_SECONDS)

    async def settle(self) -> bool:
        """Runs turns until none may run now: for tests and for `bench`. False when there was none from the start."""
        moved = False
        while lanes := (await self._ready())[:AT_ONCE]:
            alone = await self._in_one(lanes)
            worked = [await self._work(lane) for lane in alone]
            if len(alone) == len(lanes) and not any(worked):
                break
            moved = True
        return moved

    async def _ready(self) -> list[LaneId]:
        """Chats whose first event may run now and that nobody here is at work on, the oldest first."""
        async with self._store.read() as tx:
            lanes = await tx.inbox.ready_lanes(AT_ONCE * 4 + len(self._held))
        now = self._store.clock.now()
        self._held = {lane: until for lane, until in self._held.items() if until > now}
        return [lane for lane in lanes if lane not in self._busy and lane not in self._held]

    async def _share(self, tasks: asyncio.TaskGroup, lanes: Sequence[LaneId]) -> None:
        """These lanes' first events in one transaction; what can't be shared has a task of its own."""
        alone: Sequence[LaneId] = ()
        try:
            alone = await self._in_one(lanes)
        finally:
            self._busy.difference_update(set(lanes) - set(alone))
            if len(alone) < len(lanes):
                self.bell.ring()
        for lane in alone:
            tasks.create_task(self._work(lane))

    async def _in_one(self, lanes: Sequence[LaneId]) -> Sequence[LaneId]:
        """Returns the lanes whose event must have a transaction of its own."""
        if len(lanes) == 1 or self._together == 1:
            return lanes
        try:
            async with self._store.write() as tx:
                return [lane for lane in lanes if not await self._turns.join(tx, lane)]
        except (DatabaseBusy, DiskFull) as error:
            await self._pause(error)
            return ()
        except Exception:  # whose it was, and what follows from it, shows when each runs alone
            return lanes

    async def _work(self, lane: LaneId) -> bool:
        """False when coming back at once is no use: the lane waits for its day before, another worker, a platform."""
        moved = False
        try:
            while await self._turns.step(lane):
                moved = True
        except PlatformAway as away:
            self._held[lane] = self._store.clock.now() + max(_AWAY_SECONDS, math.ceil(away.after))
        except (DatabaseBusy, DiskFull) as error:
            await self._pause(error)
            moved = True
        finally:
            self._busy.discard(lane)
            if moved:
                self.bell.ring()
        return moved

    async def _pause(self, error: Exception) -> None:
        log.error("a turn could not be kept and will run again: %s", error)
        await asyncio.sleep(_PAUSE_SECONDS)
