"""What follows from what was read: rooms joined, left, opened. Done beside the loop, which must not wait for it.

Anybody can have us do something that fails for ever, with an invitation from a server that is dead: Synapse then says
502, as if it were in trouble itself. So what fails lets the others pass, and is given up in the end.

Nothing is kept of a deed over a restart: the first sync shows each room and invitation anew. Two are lost then, and
cost little: a reaction to a card stays where it is (its editor takes it back, or says the number), and the successor of
an upgraded room is entered when its people invite us.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from bot.errors import PlatformAway, PlatformDenied, PlatformError
from bot.platforms.waiting import Backoff
from storage.errors import StorageError

log = logging.getLogger(__name__)

Deed = Callable[[], Awaitable[None]]

MOST_TRIES: Final = 12
"""which take some five minutes with the usual `longest_wait`"""
_AT_ONCE: Final = 4
"""each may wait for its answer as long as a request may last"""


@dataclass(order=True)
class _Waiting:
    """What was tried less often comes first, then what came first."""

    tries: int
    place: int
    key: Hashable = field(compare=False)
    deed: Deed = field(compare=False)
    backoff: Backoff = field(compare=False)


class Deeds:
    def __init__(self, longest_wait: float) -> None:
        self._longest_wait = longest_wait
        self._waiting: asyncio.PriorityQueue[_Waiting] = asyncio.PriorityQueue()
        self._places = count()
        self._known: set[Hashable] = set()

    def add(self, key: Hashable, deed: Deed) -> None:
        """key: what it is about; while it waits, another of the same key is the same."""
        if key not in self._known:
            self._known.add(key)
            backoff = Backoff(self._longest_wait)
            self._waiting.put_nowait(_Waiting(0, next(self._places), key, deed, backoff))

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as doing:
            for _ in range(_AT_ONCE):
                doing.create_task(self._work())

    async def settle(self) -> None:
        """Until none is left."""
        await self._waiting.join()

    async def _work(self) -> None:
        while True:
            one = await self._waiting.get()
            again = await self._again_after(one)
            one.tries += 1
            if again is not None and one.tries < MOST_TRIES:
                asyncio.get_running_loop().call_later(again, self._put_back, one)
                continue
            if again is not None:
                log.error("What follows from an event could not be done in %d tries and is given up", MOST_TRIES)
            self._known.discard(one.key)
            self._waiting.task_done()

    def _put_back(self, one: _Waiting) -> None:
        one.place = next(self._places)
        self._waiting.put_nowait(one)
        self._waiting.task_done()  # of its last turn: until now it counted as under way

    async def _again_after(self, one: _Waiting) -> float | None:
        """Does it. How many seconds later it is to be tried again; None: it is done, or never will be."""
        try:
            await one.deed()
        except PlatformDenied:
            return None  # the loop hears it too, and says so
        except PlatformAway as away:
            return max(away.after, one.backoff.next())
        except StorageError as error:
            log.error("What follows from an event could not be kept (%s); once more", type(error).__name__)
            return one.backoff.next()
        except PlatformError as error:
            log.warning("The homeserver refused what follows from an event: %s", error)
        except Exception as error:  # nio's own; those behind it must not wait for ever
            log.error("What follows from an event can't be done (%s)", type(error).__name__)
        return None
