"""Who asked what, what was carried out, and whether the answer got through: the arithmetic of a kill test."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

import msgspec

from tests.patience import PATIENCE

from .world import World

CLOSED_KEPT = 10_000


class Counts(msgspec.Struct, kw_only=True):
    """Requests of one method: begun, carried out, answered in full, cut off before that."""

    started: int = 0
    applied: int = 0
    answered: int = 0
    cut: int = 0


@dataclass(slots=True, kw_only=True, eq=False)
class Exchange:
    """One request. Times are seconds of `time.monotonic()`, the same for all processes of a machine."""

    method: str
    chat: int | str | None = None
    started: float = 0.0
    applied: float | None = None
    answered: float | None = None
    closed: float | None = None
    refused: bool = False
    message_ids: list[int] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Connection:
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    last: Exchange | None = None


class Ledger:
    def __init__(self, world: World) -> None:
        self._world = world
        self._counts: dict[str, Counts] = defaultdict(Counts)
        self._open: set[Connection] = set()
        # The last exchange of each connection that closed.
        self._ended: deque[Exchange] = deque(maxlen=CLOSED_KEPT)

    def counts(self, method: str) -> Counts:
        return self._counts[method]

    def opened(self, connection: Connection) -> None:
        self._open.add(connection)

    def start(self, connection: Connection, method: str) -> Exchange:
        exchange = connection.last = Exchange(method=method, started=time.monotonic())
        self._counts[method].started += 1
        return exchange

    def apply(self, exchange: Exchange) -> None:
        exchange.applied = time.monotonic()
        self._counts[exchange.method].applied += 1

    def answer(self, exchange: Exchange) -> None:
        exchange.answered = time.monotonic()
        self._counts[exchange.method].answered += 1

    def lost(self, connection: Connection) -> None:
        """The connection is gone: its last request counts as cut when its answer was not written in full."""
        self._open.discard(connection)
        connection.closed.set()
        last = connection.last
        if last is not None:
            last.closed = time.monotonic()
            self._ended.append(last)
            if last.answered is None:
                self._counts[last.method].cut += 1
        self._world.changed()

    def close_all(self) -> None:
        for connection in self._open:
            connection.closed.set()

    def in_flight(self, grace: float = 0.0) -> list[Exchange]:
        """Requests carried out whose sender may not know: the answer was never written in full, or (with `grace`
        seconds) was written so shortly before the connection closed that the sender may have died first."""
        return [
            one
            for one in (*self._ended, *(connection.last for connection in self._open))
            if one is not None
            and one.applied is not None
            and (one.answered is None or (one.closed is not None and one.closed - one.answered <= grace))
        ]

    async def applied(self, method: str, count: int, within: float = PATIENCE) -> None:
        """Waits until a method was carried out `count` times. Raises TimeoutError."""
        await self._world.wait_for(lambda: self._counts[method].applied >= count, within)

    async def was_cut(self, method: str, count: int, within: float = PATIENCE) -> None:
        """Waits until `count` requests of a method lost their connection unanswered. Raises TimeoutError."""
        await self._world.wait_for(lambda: self._counts[method].cut >= count, within)
