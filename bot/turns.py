"""One event's turn: one transaction, and what follows when it fails.

A turn that fails is rolled back and tried again later; after the last attempt its event is put aside, kept, and the
person is told once that nothing is lost. A turn's transaction does no network: who must be looked up in the editors'
room is looked up between two attempts.
"""

from __future__ import annotations

import logging

from bot.delivery.post import Post
from bot.door import Door
from bot.errors import OutsideNeeded, PlatformAway
from bot.flows.conversation import load
from bot.flows.engine import Engine
from bot.texts.fluent import Language, Texts, msg
from bot.types import ChatKind, Content, Incoming, Show
from storage.codec import decode
from storage.errors import Conflict, DatabaseBusy, DiskFull, VaultError
from storage.ids import LaneId
from storage.inbox import MOST_ATTEMPTS, Waiting
from storage.store import Store, Transaction

log = logging.getLogger(__name__)

_MOST_CONFLICTS = 10
"""Two workers that meet so often in one chat don't meet by chance."""
_RETRY_SECONDS = (1, 5, 30, 120)
"""How long a failed turn waits before its second attempt, its third, …; after the last one it is parked."""


class Turns:
    def __init__(self, store: Store, engine: Engine, door: Door, texts: Texts, post: Post) -> None:
        self._store = store
        self._engine = engine
        self._door = door
        self._texts = texts
        self._post = post

    async def join(self, tx: Transaction, lane: LaneId) -> bool:
        """The lane's first event in a transaction that it shares with others. Raises whatever went wrong in it.

        False, with nothing done: it may not run now, or it has failed before and would take the others along.
        """
        ready = await self._first(tx, lane)
        if ready is None or ready[0].attempts:
            return False
        waiting, incoming = ready
        if not await tx.inbox.take(waiting):
            return False
        await self._engine.turn(tx, incoming, in_room=None)
        return True

    async def step(self, lane: LaneId) -> bool:
        """The lane's first event, in a transaction of its own. False when there is none that may run now.

        Raises DatabaseBusy, DiskFull, and PlatformAway when a platform must be asked that does not answer: the event
        stays the lane's first, and none of them costs it an attempt.
        """
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
        except (DatabaseBusy, DiskFull, PlatformAway):
            raise
        except Exception as error:
            await self._failed(waiting, incoming, error)
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

    async def _turn(self, waiting: Waiting, incoming: Incoming) -> bool:
        in_room: bool | None = None
        conflicts = 0
        while True:
            try:
                async with self._store.write() as tx:
                    if not await tx.inbox.take(waiting):
                        return False
                    await self._engine.turn(tx, incoming, in_room=in_room)
                return True
            except OutsideNeeded:
                in_room = await self._door.is_inside(incoming.person)
            except Conflict:
                conflicts += 1
                if conflicts == _MOST_CONFLICTS:
                    raise
                log.info("two workers met in one chat; the turn runs again")

    async def _failed(self, waiting: Waiting, incoming: Incoming, error: Exception) -> None:
        reference = waiting.id.hex()[:8]
        where = _where(error)
        log.error("turn %s failed, attempt %d: %s at %s", reference, waiting.attempts + 1, type(error).__name__, where)
        async with self._store.write() as tx:
            wait = _RETRY_SECONDS[min(waiting.attempts, len(_RETRY_SECONDS) - 1)]
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
