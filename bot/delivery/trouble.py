"""When a platform is away. Every further message would be lost or put off, so after some in a row nobody tries.

Then one is tried, after a pause that grows; with the first that arrives everything goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.outcomes import Later, Outcome, Unsure

_IN_A_ROW = 5
_LONGEST_PAUSE = 30.0
_LOOK_SECONDS = 0.05


class Trouble:
    """Of one bot account."""

    def __init__(self) -> None:
        self._row = 0
        self._pauses = 0
        self._until = 0.0
        self._is_tried = False
        """while everybody waits, somebody's message is on its way"""

    @property
    def is_there(self) -> bool:
        return self._row >= _IN_A_ROW

    async def over(self, stopped: Callable[[], bool]) -> bool:
        """Returns when a message may be tried. False: `stopped` meanwhile."""
        loop = asyncio.get_running_loop()
        while self.is_there and (self._is_tried or loop.time() < self._until):
            if stopped():
                return False
            await asyncio.sleep(_LOOK_SECONDS)
        if stopped():
            return False
        self._is_tried = self.is_there
        return True

    def pass_on(self) -> None:
        """Whoever was to try does not: somebody else may."""
        self._is_tried = False

    def note(self, outcome: Outcome) -> None:
        self._is_tried = False
        if not isinstance(outcome, (Later, Unsure)):
            self._row = self._pauses = 0
            return
        now = asyncio.get_running_loop().time()
        self._row += 1
        if self._row < _IN_A_ROW or now < self._until:  # those that were on their way with it say nothing new
            return
        pause = min(_LONGEST_PAUSE, 2.0**self._pauses)
        self._pauses += 1
        self._until = now + max(pause, outcome.after if isinstance(outcome, Later) else 0.0)
