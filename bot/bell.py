"""Tells loops that there is something to do, so that nobody polls and nobody sleeps through it."""

from __future__ import annotations

import asyncio


class Bell:
    """`ring()` from anywhere in the event loop; `wait` returns at once when it rang since the last time."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def wait(self, most: float) -> None:
        """At most `most` seconds: another worker's rows make no sound here."""
        try:
            async with asyncio.timeout(most):
                await self._rung.wait()
        except TimeoutError:
            return
        finally:
            self._rung.clear()
