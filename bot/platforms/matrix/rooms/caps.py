"""How many new rooms we let people open for us: from one account, from one server, in all."""

from __future__ import annotations

from collections import Counter, deque
from enum import Enum, auto

from bot.platforms.matrix.ids import UserId
from bot.platforms.matrix.rooms.direct_rooms import server_of

HOUR = 3600.0
PER_PERSON = 5
PER_SERVER = 60
IN_ALL = 300
"""each within an hour"""


class Verdict(Enum):
    WELCOME = auto()
    LATER = auto()
    """too many from there at the moment"""
    NO = auto()
    """too many from this person"""


class Caps:
    """`own`: our server; its people count in all only, as it has its own limits for them."""

    def __init__(self, own: str) -> None:
        self._own = own
        self._taken: deque[tuple[float, UserId]] = deque()
        self._people: Counter[str] = Counter()
        self._servers: Counter[str] = Counter()

    def take(self, person: UserId, now: float) -> Verdict:
        """Counts it when welcome. now: seconds of a clock that never goes back."""
        while self._taken and self._taken[0][0] <= now - HOUR:
            self._uncount(self._taken.popleft()[1])
        if self._people[person] >= PER_PERSON:
            return Verdict.NO
        server = server_of(person)
        if len(self._taken) >= IN_ALL or (server != self._own and self._servers[server] >= PER_SERVER):
            return Verdict.LATER
        self._taken.append((now, person))
        self._people[person] += 1
        self._servers[server] += 1
        return Verdict.WELCOME

    def _uncount(self, person: UserId) -> None:
        for counter, name in ((self._people, person), (self._servers, server_of(person))):
            counter[name] -= 1
            if counter[name] <= 0:
                del counter[name]
