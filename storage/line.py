"""Who goes first when SQLite's one writer is wanted by several: a person's turn before groups of book-keeping rows."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum
from itertools import count


class Urgency(IntEnum):
    TURN = 0
    BOOKS = 1


class Line:
    """A lock whose waiters are let in by urgency, then by order of coming."""

    def __init__(self) -> None:
        self._held = False
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._count = count()

    @asynccontextmanager
    async def turn(self, urgency: Urgency) -> AsyncIterator[None]:
        if self._held:
            place = asyncio.get_running_loop().create_future()
            heapq.heappush(self._waiting, (urgency, next(self._count), place))
            try:
                await place
            except asyncio.CancelledError:
                if place.done() and not place.cancelled():
                    self._pass_on()
                raise
        self._held = True
        try:
            yield
        finally:
            self._pass_on()

    def _pass_on(self) -> None:
        while self._waiting:
            _, _, place = heapq.heappop(self._waiting)
            if not place.done():
                place.set_result(None)  # the lock stays held: it goes straight to the next
                return
        self._held = False
