"""The moments at which a bot account may send, reserved in the store for all workers (`storage/pace.py`).

Answers to people reserve theirs when they are leased. Broadcasts share a few slots at a time, so that an answer never
waits for more than those.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.delivery.far_clock import FarClock
from bot.delivery.spacing import Slot, Spacing
from storage.address import Address
from storage.errors import DatabaseBusy, DiskFull
from storage.line import Urgency
from storage.pace import Reserved
from storage.store import Store

_FEWEST = 5
"""Slots in a block; of a fast account as many as pass in BLOCK_SECONDS."""
BLOCK_SECONDS = 0.2
_AHEAD_SECONDS = 0.1
"""The next block is reserved so long before this one ends, however late we are with it: a commit takes that long, and
what is reserved only when its time has come begins later than it could.
"""
_LATEST = 0.1
"""A slot that was missed by more than that is lost: after a long halt nobody is flooded."""
_LATEST_BESIDE_OTHERS = 0.3
"""of the gap, but at least _LEAST_LATE: what others send with their slots waits for nothing of ours"""
_LEAST_LATE = 0.004
_HARDLY = 0.001
_HURRIED_SLOTS = 15
_AGAIN_SECONDS = 1.0


def account_of(chat: Address) -> str:
    """By which its pace is found."""
    return f"{chat.platform}:{chat.bot}"


def hurried_seconds(after: float, per_second: float | None) -> float:
    """Who is told to wait `after`, because we send too fast, waits so long; everybody else for some slots."""
    return min(after, _HURRIED_SLOTS / per_second) if per_second else 0.0


class Slots:
    """Of one bot account, for broadcasts. per_second: None where the platform has no limit."""

    def __init__(self, store: Store, account: str, per_second: float | None) -> None:
        self._store = store
        self._account = account
        self._per_second = per_second
        self._line = asyncio.Lock()
        self._spacing = Spacing()
        self._clock = FarClock()
        self._next = self._gap = 0.0
        self._left = 0
        self._end = 0.0
        """of the last block, by the store's clock"""
        self._is_alone = True
        """The last block followed our own, or was to be had at once: nobody else sends by this account now."""
        self._reserving: asyncio.Task[Reserved] | None = None

    async def take(self, stopped: Callable[[], bool]) -> Slot | None:
        """Returns when its message may be sent. None: `stopped` meanwhile."""
        loop = asyncio.get_running_loop()
        if self._per_second is None:
            return None if stopped() else Slot(moment=loop.time())
        async with self._line:  # in the order of coming: broadcasts take turns
            while not stopped():
                if not self._left and not await self._block():
                    continue
                if loop.time() - self._next > self._latest:
                    self._skip(loop.time())
                    continue
                slot = Slot(moment=self._next)
                self._next, self._left = self._next + self._gap, self._left - 1
                if self._reserving is None and self._next + self._left * self._gap - loop.time() <= _AHEAD_SECONDS:
                    self._reserving = asyncio.create_task(self._reserve(self._per_second))
                moment = self._spacing.earliest(slot)
                if moment <= loop.time() or await _reached(moment, stopped):
                    self._spacing.use(slot)
                    return slot
            return None

    async def still(self, slot: Slot) -> Slot:
        """The same, unless its message was held up since until it is too late for it: then a later one."""
        while not self._is_alone and asyncio.get_running_loop().time() - slot.moment > self._latest:
            self._spacing.leave(slot)
            slot = await self.take(lambda: False) or slot
        return slot

    def answered(self, slot: Slot) -> None:
        """To be told of every one whose message was sent."""
        slot.answered = asyncio.get_running_loop().time()
        self._spacing.note(slot)

    async def settle(self) -> None:
        if self._reserving is not None:
            await asyncio.wait([self._reserving])

    def _skip(self, now: float) -> None:
        missed = min(self._left, int((now - self._latest - self._next) / self._gap) + 1)
        for place in range(missed):
            self._spacing.lose(self._next + place * self._gap)
        self._left -= missed
        self._next += missed * self._gap

    async def _block(self) -> bool:
        """False: the store did not give one."""
        reserving = self._reserving or asyncio.create_task(self._reserve(self._per_second or 1.0))
        self._reserving = reserving
        try:
            reserved = await reserving
        except (DatabaseBusy, DiskFull):
            await asyncio.sleep(_AGAIN_SECONDS)
            return False
        finally:
            self._reserving = None
        self._left, self._gap = self._size(self._per_second or 1.0), reserved.gap
        self._next = max(self._next, self._clock.here(reserved.first))  # as far as the clock is known to tell
        self._is_alone = reserved.first - max(self._end, reserved.now) < _HARDLY
        self._end = reserved.first + self._left * reserved.gap
        return True

    async def _reserve(self, per_second: float) -> Reserved:
        loop = asyncio.get_running_loop()
        async with self._store.write(Urgency.BOOKS) as tx:
            asked = loop.time()
            reserved = await tx.pace.reserve(self._account, self._size(per_second), per_second)
            self._clock.note(reserved.now, asked=asked, answered=loop.time())
        return reserved

    @property
    def _latest(self) -> float:
        return _LATEST if self._is_alone else max(_LATEST_BESIDE_OTHERS * self._gap, _LEAST_LATE)

    def _size(self, per_second: float) -> int:
        return max(_FEWEST, round(per_second * BLOCK_SECONDS))


async def _reached(moment: float, stopped: Callable[[], bool]) -> bool:
    """False: `stopped` before it."""
    loop = asyncio.get_running_loop()
    while (wait := moment - loop.time()) > 0:
        await asyncio.sleep(min(wait, _AGAIN_SECONDS))
        if stopped():
            return False
    return True
