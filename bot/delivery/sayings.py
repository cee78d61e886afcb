"""What one broadcast says, as its script has it now: loaded anew every few seconds, made once for each variant."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.flows.script import Script
from bot.flows.turn import Turn
from bot.platforms.base import Adapter, Deliver
from bot.types import Offered, Show, offered_by
from storage.broadcasts import Broadcast
from storage.counts import Outcome
from storage.store import Store, Transaction
from storage.subscriber import Subscriber

_FRESH_SECONDS = 3.0
"""So long a correction, or the end of what is said, may go unnoticed."""


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A variant as one platform shows it."""

    deliver: Deliver
    offered: Offered | None
    """what its readers may type a number of from then on"""


class Sayings:
    def __init__(
        self, store: Store, script: Script[Any, Any], broadcast: Broadcast, turn: Callable[[Transaction], Turn]
    ) -> None:
        self._store = store
        self._script = script
        self._broadcast = broadcast
        self._turn = turn
        self._until = 0.0
        self._subject: Any = None
        self._ready: dict[tuple[object, str], Ready] = {}

    async def are_left(self) -> bool:
        """False: there is nothing to say any more."""
        now = asyncio.get_running_loop().time()
        if now >= self._until:
            async with self._store.read() as tx:
                self._subject = await self._script.load(self._turn(tx), self._broadcast)
            self._ready.clear()
            self._until = now + _FRESH_SECONDS
        return self._subject is not None

    def variant(self, reader: Subscriber) -> object | None:
        variant: object | None = self._script.variant(self._subject, reader, self._store.clock.now())
        return variant

    async def ready(self, variant: object, adapter: Adapter) -> Ready:
        known = self._ready.get((variant, adapter.platform))
        if known is not None:
            return known
        async with self._store.read() as tx:
            content = await self._script.render(self._turn(tx), self._subject, variant)
        deliver = await adapter.ready(Show(content=content, silent=False), self._store.blobs.load)
        made = Ready(deliver=deliver, offered=None if adapter.capabilities.buttons else offered_by(content))
        self._ready[variant, adapter.platform] = made
        return made

    def settling(
        self, variant: object | None, reader: Subscriber, outcome: Outcome
    ) -> Callable[[Transaction], Awaitable[None]]:
        """What the script writes with this outcome."""
        script, subject = self._script, self._subject
        return lambda tx: script.settled(tx, subject, variant, reader, outcome)
