"""One bot account, as all broadcasts of this process share it: its pace, its width, and what it is like today."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection
from hashlib import sha256

from bot.delivery.limits import Limiter
from bot.delivery.slots import Slots, hurried_seconds
from bot.delivery.spacing import Slot
from bot.delivery.trouble import Trouble
from bot.outcomes import Later, Outcome, Unsure
from bot.platforms.base import Adapter, Deliver
from storage.address import Address
from storage.ids import BroadcastId, SubscriberId
from storage.line import Urgency
from storage.store import Store

log = logging.getLogger(__name__)

LATER = Later(after=5.0)
_ELSEWHERE_SECONDS = 2.0
_NARROWEST = 4
_ANSWER_SECONDS = 0.125
"""An answer takes no longer as a rule; so many messages as pass in that time are on their way at once, and no more:
they are what a kill can make come twice.
"""
_WITHOUT_LIMIT = 32


class Outlet:
    """is_fastest: whoever sends by it is waited for; a slower one must not hold up all the others."""

    def __init__(
        self,
        store: Store,
        adapter: Adapter,
        chats: Limiter,
        account: str,
        per_second: float | None,
        absent: Collection[str] = (),
        *,
        is_fastest: bool,
    ) -> None:
        """account: by which the pace is found, over all workers. per_second: None where there is no limit.
        absent: the platforms that another worker has, who then meets these readers
        """
        self.per_second = per_second
        self._account = account
        self._store = store
        self.repeats = adapter.capabilities.repeats
        self._absent = absent
        self._slots = Slots(store, account, per_second)
        self._width = asyncio.Semaphore(_width(self.per_second))
        self._trouble = Trouble()
        self.adapter = adapter
        self.chats = chats
        self.is_fastest = is_fastest

    def waits(self, chat: Address) -> float:
        """Seconds until this chat may be tried; 0: now."""
        if chat.platform in self._absent:
            return _ELSEWHERE_SECONDS
        if not self.is_fastest and self._width.locked():
            return max(1.0, 2 / self.per_second) if self.per_second else 1.0
        return self.chats.rests(chat.chat.reveal())

    async def enter(self, stopped: Callable[[], bool]) -> Slot | None:
        """Takes a place for one message, at the moment of its slot. None: `stopped` before it; no place is taken."""
        await self._width.acquire()
        slot = None
        try:
            if not self._trouble.is_there or await self._trouble.over(stopped):
                slot = await self._slots.take(stopped)
                if slot is None:
                    self._trouble.pass_on()
        finally:
            if slot is None:
                self.leave()
        return slot

    def leave(self) -> None:
        """What became of the message is on the disk."""
        self._width.release()

    async def send(self, deliver: Deliver, chat: Address, key: str, slot: Slot, *, harmless: bool) -> Outcome:
        """What becomes of it; whatever goes wrong is an outcome too. harmless: done twice, it changes nothing more."""
        slot = await self._slots.still(slot)
        slot.sent = asyncio.get_running_loop().time()
        try:
            outcome = await deliver(chat, key)
        except Exception as error:
            log.error("a broadcast's message failed in its adapter: %s", type(error).__name__)
            outcome = LATER
        self._slots.answered(slot)
        if isinstance(outcome, Unsure) and (harmless or self.repeats):
            outcome = LATER
        self._trouble.note(outcome)
        if isinstance(outcome, Later):
            self.chats.pause_chat(chat.chat.reveal(), outcome.after)
            if outcome.hurried:
                await self._slow_down(outcome.after)
        else:
            self.chats.answered(chat.chat.reveal(), is_room=False)
        return outcome

    async def settle(self) -> None:
        await self._slots.settle()

    async def _slow_down(self, seconds: float) -> None:
        """All who send by this account."""
        async with self._store.write(Urgency.BOOKS) as tx:
            await tx.pace.hold(self._account, hurried_seconds(seconds, self.per_second), slower=True)


def key_of(broadcast: BroadcastId, reader: SubscriberId, number: int) -> str:
    """Of one of a reader's messages; the same when it is tried again. The platform keeps it: nobody must find our row
    by it.
    """
    return sha256(b"tamizdat/v1/delivery" + broadcast + reader + number.to_bytes(4)).hexdigest()[:32]


def _width(per_second: float | None) -> int:
    return _WITHOUT_LIMIT if per_second is None else max(_NARROWEST, round(per_second * _ANSWER_SECONDS))
