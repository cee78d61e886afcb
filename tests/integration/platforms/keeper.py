"""A sink for tests of adapters: keeps what it accepts, waits for it, and refuses when told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

from bot.platforms.base import Adapter, Beside
from bot.types import Body, Incoming
from storage.address import Reference
from tests.patience import PATIENCE

B = TypeVar("B", bound=Body)


class DiskFull(Exception):
    """What a real sink may raise."""


class Keeper:
    """Outlives adapters, as a database does."""

    def __init__(self) -> None:
        self.events: list[Incoming] = []
        self.refused: list[Incoming] = []
        """what came with the calls that were refused"""
        self.refusals = 0
        """how many of the next calls that bring events raise"""
        self.cursors: dict[str, str] = {}
        self._changed = asyncio.Condition()

    async def accept(
        self,
        events: Sequence[Incoming],
        *,
        source: str,
        cursor: str | None,
        beside: Beside | None = None,
        traces: Sequence[Reference] = (),
    ) -> None:
        async with self._changed:
            if events and self.refusals:
                self.refusals -= 1
                self.refused += events
                raise DiskFull("secret content must not be logged")
            self.events += events
            if cursor is not None:
                self.cursors[source] = cursor
            self._changed.notify_all()

    async def cursor(self, source: str) -> str | None:
        return self.cursors.get(source)

    async def got(self, count: int) -> list[Incoming]:
        """All events, once there are so many. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: len(self.events) >= count)
        return self.events

    async def body(self, kind: type[B], number: int = 1) -> B:
        """The body of event `number`, which is of this kind."""
        body = (await self.got(number))[number - 1].body
        assert isinstance(body, kind)
        return body


@asynccontextmanager
async def running(adapter: Adapter, keeper: Keeper) -> AsyncIterator[Adapter]:
    """The adapter started and receiving, until the block ends."""
    await adapter.start()
    receiving = [asyncio.create_task(receive(keeper)) for receive in adapter.inlets.values()]
    try:
        yield adapter
    finally:
        for task in receiving:
            task.cancel()
        await asyncio.wait(receiving)
        await adapter.stop()
        for task in receiving:
            if not task.cancelled() and (error := task.exception()) is not None:
                raise error
