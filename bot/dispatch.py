"""One event in, one transaction, effects out. Chats run side by side, each chat's events one after the other.

A turn that fails is rolled back and tried again later; after the last attempt its event is put aside, kept, and the
person is told once that nothing is lost. A turn's transaction does no network: who must be looked up in the editors'
room is looked up between two attempts.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from bot.bell import Bell
from bot.delivery.post import Post
from bot.errors import OutsideNeeded, PlatformError
from bot.flows.engine import Engine
from bot.platforms.base import Adapter
from bot.texts.fluent import Texts, msg
from bot.types import ChatKind, Content, Incoming, Show
from storage.address import Address
from storage.codec import decode
from storage.errors import Conflict, DatabaseBusy, DiskFull
from storage.ids import LaneId
from storage.inbox import MOST_ATTEMPTS, RETRY_SECONDS, Waiting
from storage.store import Store

log = logging.getLogger(__name__)

AT_ONCE = 16
"""Chats whose turns run side by side."""
_IDLE_SECONDS = 1.0


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
        self._engine = engine
        self._adapters = adapters
        self._rooms = rooms
        self._texts = texts
        self._post = post
        self._busy: set[LaneId] = set()
        self.bell = Bell()

    async def run(self) -> None:
        """Until cancelled; turns that have begun are finished."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                try:
                    async with self._store.read() as tx:
                        lanes = await tx.inbox.ready_lanes(AT_ONCE * 4)
                except (DatabaseBusy, DiskFull) as error:
                    log.error("the inbox can't be read: %s", error)
                    lanes = []
                free = [lane for lane in lanes if lane not in self._busy]
                for lane in free[: AT_ONCE - len(self._busy)]:
                    self._busy.add(lane)
                    tasks.create_task(self._work(lane))
                if not free or len(self._busy) >= AT_ONCE:
                    await self.bell.wait(_IDLE_SECONDS)

    async def settle(self) -> None:
        """Runs turns until nothing in the inbox is ready: for tests and for `bench`."""
        while True:
            async with self._store.read() as tx:
                lanes = await tx.inbox.ready_lanes(AT_ONCE)
            if not lanes:
                return
            for lane in lanes:
                await self._work(lane)

    async def _work(self, lane: LaneId) -> None:
        try:
            while await self.step(lane):
                pass
        except (DatabaseBusy, DiskFull) as error:
            log.error("a turn could not be kept and will run again: %s", error)
        finally:
            self._busy.discard(lane)
            self.bell.ring()

    async def step(self, lane: LaneId) -> bool:
        """The lane's first event. False when there is none that may run now."""
        async with self._store.read() as tx:
            waiting = await tx.inbox.head(lane)
            if waiting is None:
                return False
            incoming: Incoming = decode(Incoming, waiting.body)
            if await tx.inbox.has_earlier_day(incoming.chat, lane):
                return False
        try:
            return await self._turn(waiting, incoming)
        except (DatabaseBusy, DiskFull):
            raise
        except Exception as error:
            await self._failed(waiting, incoming, error)
            return True

    async def _turn(self, waiting: Waiting, incoming: Incoming) -> bool:
        in_room: bool | None = None
        while True:
            try:
                async with self._store.write() as tx:
                    if not await tx.inbox.take(waiting):
                        return False
                    await self._engine.turn(tx, incoming, in_room=in_room)
                return True
            except OutsideNeeded:
                in_room = await self._is_in_room(incoming)
            except Conflict:
                log.info("two workers met in one chat; the turn runs again")

    async def _is_in_room(self, incoming: Incoming) -> bool:
        """A check that fails denies."""
        room = self._rooms.get(incoming.chat.platform)
        if room is None:
            return False
        try:
            return await self._adapters[incoming.chat.platform].is_member(room, incoming.person)
        except PlatformError as error:
            log.warning("the editors' room could not be asked, so it counts as no: %s", type(error).__name__)
            return False

    async def _failed(self, waiting: Waiting, incoming: Incoming, error: Exception) -> None:
        reference = waiting.id.hex()[:8]
        where = _where(error)
        log.error("turn %s failed, attempt %d: %s at %s", reference, waiting.attempts + 1, type(error).__name__, where)
        async with self._store.write() as tx:
            wait = RETRY_SECONDS[min(waiting.attempts, len(RETRY_SECONDS) - 1)]
            await tx.inbox.postpone(waiting, tx.now + wait)
            if waiting.attempts + 1 == MOST_ATTEMPTS and incoming.kind is ChatKind.PRIVATE:
                language = self._texts.pick(incoming.language_code)
                text = self._texts.say(language, msg("turn-has-failed", reference=reference))
                await self._post.put(tx, incoming.chat, Show(content=Content(text=text)))


def _where(error: BaseException) -> str:
    """File and line, without the message: it may hold what a person wrote."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
