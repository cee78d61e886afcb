"""Messages that go out later than their slots, and are still no more in any second than the platform takes.

A process is held up for some milliseconds again and again. To drop the slots that it missed costs a part of the pace;
to use them as if nothing had happened makes some second too full, and the platform refuses. So a message is sent when
of those before it fewer may have been counted within the last second than there are slots in a little more than one.

Nobody tells when the platform has counted a message; but it was before the answer, by at least the way back, and the
next message will be counted after the way there. Both together take no less than the shortest time between a message
and its answer. What is answered late takes the place of one message for that long, and holds up no other.

A slot that was lost counts among the slots all the same: whatever is late catches up by it.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from dataclasses import dataclass

WINDOW = 1.0035
"""Seconds, in which there are as many slots as the platform takes messages in one: 30 at 29.2 a second, 1000 at 996."""
_SECOND = 1.0
_LONGEST_WAY = 1.0
"""What was not answered by then has arrived all the same, or never will."""


@dataclass(slots=True, eq=False)
class Slot:
    """Times are those of the event loop. moment: from which it may be used."""

    moment: float
    sent: float = math.inf
    answered: float = math.inf


class Spacing:
    """Of one bot account in this process. Slots come in the order of their moments, and none is used before `earliest`
    of the one before it.
    """

    def __init__(self) -> None:
        self._moments: deque[float] = deque()
        """of all slots in the window, also of those that were lost: as many messages may be in it"""
        self._under_way: dict[Slot, None] = {}
        self._answers: list[float] = []
        """a heap: of the messages that may still count"""
        self._past = -math.inf
        """by then all others had been counted"""
        self._both_ways = math.inf

    def earliest(self, slot: Slot) -> float:
        """When what has this slot may be sent."""
        self._moments.append(slot.moment)
        while self._moments[0] <= slot.moment - WINDOW:
            self._moments.popleft()
        while len(self._under_way) + len(self._answers) >= len(self._moments):
            self._past = max(self._past, self._next_past())
        return max(slot.moment, self._past + _SECOND - self._shortest)

    def use(self, slot: Slot) -> None:
        self._under_way[slot] = None

    def lose(self, moment: float) -> None:
        """Of a slot that nobody uses. Those behind it wait for one message less, and so catch up."""
        self._moments.append(moment)

    def leave(self, slot: Slot) -> None:
        """Its message goes with another one."""
        self._under_way.pop(slot, None)

    def note(self, slot: Slot) -> None:
        """It was answered."""
        self._under_way.pop(slot, None)
        heapq.heappush(self._answers, slot.answered)
        self._both_ways = min(self._both_ways, slot.answered - slot.sent)

    @property
    def _shortest(self) -> float:
        return self._both_ways if self._both_ways < _LONGEST_WAY else 0.0

    def _next_past(self) -> float:
        """Takes the message that was counted first, as far as is known, from those that may still count."""
        waiting = next(iter(self._under_way), None)
        arrived = waiting.moment + _LONGEST_WAY if waiting else math.inf
        if waiting is None or (self._answers and self._answers[0] <= arrived):
            return heapq.heappop(self._answers)
        del self._under_way[waiting]
        return arrived
