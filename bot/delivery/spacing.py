"""Messages that go out later than their slots, and are still no more in any second than the platform takes.

A process is held up for some milliseconds again and again. To drop the slots that it missed costs a part of the pace;
to use them as if nothing had happened makes some second too full, and the platform refuses. So every message has
another one before it, by as many as there are slots in a little more than a second, and waits until a second has passed
since the platform must have counted that one. Nobody tells when that was; but it was before the answer, by at least the
way back, and the later message will be counted after the way there. Both together take no less than the shortest time
between a message and its answer.

A slot that was lost counts among those slots: the message before is an earlier one then, and what was late catches up.
Were it the message of the slot a second before, whatever is late would stay so for ever, and lose ever more slots.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

WINDOW = 1.0035
"""Seconds, in which there are as many slots as the platform takes messages in one: 30 at 29.2 a second, 1000 at 996."""
_SECOND = 1.0
_LONGEST_WAY = 0.1
"""What was not answered by then has arrived all the same, or never will: the others don't wait for it."""


@dataclass(slots=True)
class Slot:
    """Times are those of the event loop. moment: from which it may be used."""

    moment: float
    sent: float = math.inf
    answered: float = math.inf

    @property
    def counted(self) -> float:
        """By the platform, at the latest; but for the way back."""
        return min(self.answered, self.sent + _LONGEST_WAY)


class Spacing:
    """Of one bot account in this process. Slots come in the order of their moments, and none is used before `earliest`
    of the one before it.
    """

    def __init__(self) -> None:
        self._moments: deque[float] = deque()
        """of all slots in the window, also of those that were lost: as many messages may be in it"""
        self._used: deque[Slot] = deque()
        self._counted = -math.inf
        self._both_ways = math.inf

    def earliest(self, slot: Slot) -> float:
        """When what has this slot may be sent."""
        self._moments.append(slot.moment)
        while self._moments[0] <= slot.moment - WINDOW:
            self._moments.popleft()
        while len(self._used) >= len(self._moments):
            earlier = self._used.popleft()
            if earlier.sent < math.inf:
                self._counted = max(self._counted, earlier.counted)
        return max(slot.moment, self._counted + _SECOND - min(self._both_ways, _LONGEST_WAY))

    def use(self, slot: Slot) -> None:
        self._used.append(slot)

    def lose(self, moment: float) -> None:
        """Of a slot that nobody uses. Those behind it wait for one message less, and so catch up."""
        self._moments.append(moment)

    def note(self, slot: Slot) -> None:
        """It was answered."""
        self._both_ways = min(self._both_ways, slot.answered - slot.sent)
