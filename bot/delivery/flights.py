"""What is on its way side by side, and is waited for together."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine


class Flights:
    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[None]] = set()
        self._failure: BaseException | None = None

    def start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._ended)

    async def land(self) -> None:
        """Waits for whatever is on its way. Raises what went wrong with any of it."""
        while self._under_way:
            await asyncio.wait(set(self._under_way))
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._failure = error
