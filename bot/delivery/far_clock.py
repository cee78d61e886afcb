"""The database's clock, told in the event loop's time: several workers keep to one schedule, which is the database's.

Each answer says what the time was at some moment between question and answer. The shortest such while tells it best.
"""

from __future__ import annotations

import math

_KEPT_SECONDS = 60.0
"""Then the next answer counts, however long it took: clocks drift apart."""


class FarClock:
    def __init__(self) -> None:
        self._ahead = 0.0
        self._doubt = math.inf
        """seconds by which `_ahead` may be wrong"""
        self._until = -math.inf

    def note(self, time: float, *, asked: float, answered: float) -> None:
        """time: what the far clock said. asked, answered: when, by ours; seconds, all of them."""
        ahead, doubt = time - (asked + answered) / 2, (answered - asked) / 2
        is_outdated = answered > self._until or abs(ahead - self._ahead) > doubt + self._doubt
        if doubt <= self._doubt or is_outdated:
            self._ahead, self._doubt, self._until = ahead, doubt, answered + _KEPT_SECONDS

    def here(self, time: float) -> float:
        return time - self._ahead
