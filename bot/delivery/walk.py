"""One worker's way through a shard: reads some readers as they are now, and hands each of them the message.

Whoever can't be sent to now is met again later, by whoever takes the shard up then: those who have no line in the
ledger yet are read anew, as whatever they have changed meanwhile counts.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable

from bot.delivery.handing import Handing
from bot.delivery.sayings import Sayings
from storage.broadcast import Broadcast
from storage.ids import SubscriberId
from storage.line import Urgency
from storage.recipients import Page
from storage.shards import Shard
from storage.store import Store
from storage.talking import talking

_MOST_A_PAGE, _FEWEST_A_PAGE = 200, 5
_PAGE_SECONDS = 0.2
"""So much of what is sent is read at once: who leaves gets nothing more, but for what is on its way by then."""


class Walk:
    """hand: held while a page is handed on, by one walk of a broadcast after the other: to take turns at every message
    would wake a task for each. stopped: the service ends, or this broadcast does. per_second: the pace of the platform
    that sends.
    """

    def __init__(
        self,
        store: Store,
        sayings: Sayings,
        handing: Handing,
        broadcast: Broadcast,
        shard: Shard,
        hand: asyncio.Lock,
        *,
        stopped: Callable[[], bool],
        per_second: float,
    ) -> None:
        self._store = store
        self._sayings = sayings
        self._handing = handing
        self._broadcast = broadcast
        self._shard = shard
        self._hand = hand
        self._stopped = stopped
        self._size = _page_size(per_second)

    async def go(self, passed: Callable[[], None]) -> None:
        """passed: called when every message is on its way, so that the next shard may be begun."""
        whole = False
        try:
            whole = await self._pass()
        finally:
            passed()
            try:
                await self._handing.land()
            except BaseException:
                whole = False
                raise
            finally:
                await self._leave(whole=whole)

    async def _pass(self) -> bool:
        """From the beginning of the shard to its end. False: it broke off."""
        after: SubscriberId | None = None
        while not self._stopped():
            page, talks = await self._page(after)
            if page is None:
                return False
            after = page.last
            for reader in page.unreadable:
                self._handing.fail(reader)
            async with self._hand:
                for recipient, talks_now in zip(page.recipients, talks, strict=True):
                    await self._handing.begin(recipient, talks_now=talks_now)
            if page.is_end:
                return True
        return False

    async def _page(self, after: SubscriberId | None) -> tuple[Page | None, list[bool]]:
        """None: this broadcast does not run any more, or the shard is somebody else's."""
        while await self._sayings.are_left():
            async with self._store.read() as tx:
                changes = await tx.shards.standing(self._shard)
                if changes is None:
                    break
                if self._sayings.are_current(changes):
                    page = await tx.recipients.page(self._broadcast, self._shard, after, self._size)
                    return page, await talking(tx.work, [recipient.reader.chat for recipient in page.recipients])
        return None, []

    async def _leave(self, *, whole: bool) -> None:
        async with self._store.write(Urgency.BOOKS) as tx:
            if whole and not self._handing.later:
                await tx.shards.finish(self._shard)
                return
            wait = min(self._handing.later.values(), default=0.0) if whole else 0.0
            await tx.shards.release(self._shard, until=tx.now + math.ceil(wait) if wait else 0)


def _page_size(per_second: float) -> int:
    return max(_FEWEST_A_PAGE, round(min(_MOST_A_PAGE, per_second * _PAGE_SECONDS)))
