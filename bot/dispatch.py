"""One event in, one transaction, effects out. Chats run side by side, each chat's events one after the other.

A turn that fails is rolled back and tried again later; after the last attempt its event is put aside, kept, and the
person is told once that nothing is lost. A turn's transaction does no network: who must be looked up in the editors'
room is looked up between two attempts.

SQLite has one writer, so there chats wait for each other's commit, which costs more than a turn. Chats that are ready
in the same moment therefore share one transaction, an event each. If anything goes wrong in it, none of them has
happened, and each runs again in a transaction of its own: a turn that fails takes nobody along, and whatever is
confirmed or sent was committed before, as ever. Turns touch nothing but the store, so running again is harmless.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence

from bot.bell import Bell
from bot.delivery.post import Post
from bot.errors import OutsideNeeded, PlatformError
from bot.flows.conversation import load
from bot.flows.engine import Engine
from bot.platforms.base import Adapter
from bot.texts.fluent import Language, Texts, msg
from bot.types import ChatKind, Content, Incoming, Show
from storage.address import Address
from storage.codec import decode
from storage.errors import Conflict, DatabaseBusy, DiskFull, VaultError
from storage.ids import LaneId
from storage.inbox import MOST_ATTEMPTS, RETRY_SECONDS, Waiting
from storage.store import Store, Transaction

log = logging.getLogger(__name__)

AT_ONCE = 16
"""Chats whose turns run side by side; and turns that share a transaction on SQLite."""
_IDLE_SECONDS = 1.0
_PAUSE_SECONDS = 1.0
"""Before a chat is tried again whose turn the disk or the database did not take."""


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
        self._together = AT_ONCE if store.database.is_sqlite else 1
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
                begun = free[: AT_ONCE - len(self._busy)]
                self._busy.update(begun)
                for start in range(0, len(begun), self._together):
                    tasks.create_task(self._share(tasks, begun[start : start + self._together]))
                if not free or len(self._busy) >= AT_ONCE:
                    await self.bell.wait(_IDLE_SECONDS)

    async def settle(self) -> None:
        """Runs turns until nothing in the inbox is ready: for tests and for `bench`."""
        while True:
            async with self._store.read() as tx:
                lanes = await tx.inbox.ready_lanes(AT_ONCE)
            if not lanes:
                return
            for lane in await self._in_one(lanes):
                await self._work(lane)

    async def _share(self, tasks: asyncio.TaskGroup, lanes: Sequence[LaneId]) -> None:
        """These lanes' first events in one transaction; what can't be shared has a task of its own."""
        alone: Sequence[LaneId] = ()
        try:
            alone = await self._in_one(lanes)
        finally:
            self._busy.difference_update(set(lanes) - set(alone))
            self.bell.ring()
        for lane in alone:
            tasks.create_task(self._work(lane))

    async def _in_one(self, lanes: Sequence[LaneId]) -> Sequence[LaneId]:
        """Returns the lanes whose event must have a transaction of its own."""
        if len(lanes) == 1 or self._together == 1:
            return lanes
        try:
            async with self._store.write() as tx:
                return [lane for lane in lanes if not await self._joins(tx, lane)]
        except (DatabaseBusy, DiskFull) as error:
            await self._pause(error)
            return ()
        except Exception:  # whose it was, and what follows from it, shows when each runs alone
            return lanes

    async def _joins(self, tx: Transaction, lane: LaneId) -> bool:
        """False: this lane's event has failed before and would take the others along."""
        ready = await self._first(tx, lane)
        if ready is None:
            return True
        waiting, incoming = ready
        if waiting.attempts:
            return False
        if await tx.inbox.take(waiting):
            await self._engine.turn(tx, incoming, in_room=None)
        return True

    async def _first(self, tx: Transaction, lane: LaneId) -> tuple[Waiting, Incoming] | None:
        """The lane's first event; None when there is none that may run now."""
        waiting = await tx.inbox.head(lane)
        if waiting is None:
            return None
        incoming: Incoming = decode(Incoming, waiting.body)
        if await tx.inbox.has_earlier_day(incoming.chat, lane):
            return None
        return waiting, incoming

    async def _work(self, lane: LaneId) -> None:
        try:
            while await self.step(lane):
                pass
        except (DatabaseBusy, DiskFull) as error:
            await self._pause(error)
        finally:
            self._busy.discard(lane)
            self.bell.ring()

    async def step(self, lane: LaneId) -> bool:
        """The lane's first event. False when there is none that may run now."""
        try:
            async with self._store.read() as tx:
                ready = await self._first(tx, lane)
        except VaultError as error:
            log.error("an event that can't be read is put aside: %s", type(error).__name__)
            async with self._store.write() as tx:
                await tx.inbox.park_head(lane)
            return True
        if ready is None:
            return False
        waiting, incoming = ready
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

    async def _pause(self, error: Exception) -> None:
        log.error("a turn could not be kept and will run again: %s", error)
        await asyncio.sleep(_PAUSE_SECONDS)

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
                language = await self._language(tx, incoming)
                text = self._texts.say(language, msg("turn-has-failed", reference=reference))
                await self._post.put(tx, incoming.chat, Show(content=Content(text=text)))

    async def _language(self, tx: Transaction, incoming: Incoming) -> Language:
        """That of the conversation; of the device, when the conversation itself is what can't be read."""
        try:
            _, conversation = await load(tx, tx.messages.chat_hash(incoming.chat))
        except VaultError:
            conversation = None
        return self._texts.pick(conversation.language if conversation else incoming.language_code)


def _where(error: BaseException) -> str:
    """File and line, without the message: it may hold what a person wrote."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
