"""What of a killed service's messages may come twice: those whose fate it can't have written down."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container

from tests.fakes.telegram.ledger import Connection, Exchange, Ledger
from tests.fakes.telegram.world import World


class Flights(Ledger):
    """Keeps every message of every life of the service."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._lives: list[list[Exchange]] = [[]]

    @property
    def deaths(self) -> int:
        return len(self._lives) - 1

    def start(self, connection: Connection, method: str) -> Exchange:
        exchange = super().start(connection, method)
        if method == "sendMessage":
            self._lives[-1].append(exchange)
        return exchange

    def death(self, _moment: float) -> None:
        self._lives.append([])

    def in_flight_at_deaths(self, readers: Container[int], most: int) -> Counter[int]:
        """How often each reader's message was, when at most so many are on their way before the first of them is noted.

        No clock says which: those that were not answered, and as many besides as fit, which were answered last. What
        was answered earlier is noted, or more were on their way.
        """
        flown: Counter[int] = Counter()
        for life in self._lives[:-1]:
            sent = [one for one in life if one.applied is not None and one.chat in readers]
            sent.sort(key=lambda one: math.inf if one.answered is None else one.answered)
            flown.update(one.chat for one in sent[-most:] if isinstance(one.chat, int))
        return flown

    def last_sent(self, readers: Container[int]) -> float:
        """By `time.monotonic()`."""
        return max(one.started for life in self._lives for one in life if one.chat in readers)
