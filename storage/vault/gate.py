"""Memory-hard work, one at a time in this process: whatever people send, it takes 64 MiB and one thread.

Who comes first is served first. The thread gives way to all others where the system lets it (Linux): on a server with
one core, a turn of somebody's conversation does not wait for a hash.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from storage.errors import Overloaded

T = TypeVar("T")

_PLACES: Final = 64
"""that may wait, some ten seconds' work: whoever comes then is told to come again"""
_YIELDING: Final = 10
"""as with `nice`"""


class Gate:
    def __init__(self, places: int = _PLACES) -> None:
        self._places = threading.BoundedSemaphore(places)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="memory-hard", initializer=_give_way)

    async def run(self, work: Callable[[], T]) -> T:
        """What the work returns. Whoever is cancelled while waiting gives the place free. Raises Overloaded."""
        if not self._places.acquire(blocking=False):
            raise Overloaded("Too many receipts wait to be opened: try again in half a minute.")
        under_way = self._thread.submit(work)
        under_way.add_done_callback(lambda _: self._places.release())
        return await asyncio.wrap_future(under_way)


def _give_way() -> None:
    if sys.platform == "linux":  # elsewhere a thread has no priority of its own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _YIELDING)


GATE: Final = Gate()
