"""What follows from what was read: rooms joined, left, opened. Done beside the loop, which must not wait for it.

Nothing is kept of a deed over a restart, as nothing need be: the first sync shows each room and invitation anew.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable

from bot.errors import PlatformAway, PlatformDenied, PlatformError
from bot.platforms.waiting import Backoff
from storage.errors import StorageError

log = logging.getLogger(__name__)

Deed = Callable[[], Awaitable[None]]


class Deeds:
    def __init__(self, longest_wait: float) -> None:
        self._longest_wait = longest_wait
        self._waiting: asyncio.Queue[tuple[Hashable, Deed]] = asyncio.Queue()
        self._known: set[Hashable] = set()

    def add(self, key: Hashable, deed: Deed) -> None:
        """key: what it is about; while it waits, another of the same key is the same."""
        if key not in self._known:
            self._known.add(key)
            self._waiting.put_nowait((key, deed))

    async def run(self) -> None:
        """Until cancelled: one after the other, and while the server is away the same again."""
        while True:
            key, deed = await self._waiting.get()
            try:
                await self._do(deed)
            finally:
                self._known.discard(key)
                self._waiting.task_done()

    async def settle(self) -> None:
        """Until none is left."""
        await self._waiting.join()

    async def _do(self, deed: Deed) -> None:
        backoff = Backoff(self._longest_wait)
        while True:
            try:
                await deed()
            except PlatformDenied:
                return  # the loop hears it too, and says so
            except PlatformAway as away:
                await asyncio.sleep(max(away.after, backoff.next()))
            except StorageError as error:
                log.error("What follows from an event could not be kept (%s); once more", type(error).__name__)
                await asyncio.sleep(backoff.next())
            except PlatformError as error:
                log.warning("The homeserver refused what follows from an event: %s", error)
                return
            except Exception as error:  # nio's own; those behind it must not wait for ever
                log.error("What follows from an event can't be done (%s)", type(error).__name__)
                return
            else:
                return
