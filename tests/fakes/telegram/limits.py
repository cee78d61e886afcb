"""Telegram's sending limits, counted strictly: accepted messages per sliding second, per chat, per group minute.

Off until `strict()` is called; accepted messages and their peak are counted always.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

from .errors import too_many_requests
from .model import Chat
from .world import World


@dataclass(slots=True, kw_only=True)
class Tally:
    """What one token sent: messages accepted and refused, the most in any sliding second."""

    accepted: int = 0
    refused: int = 0
    peak: int = 0
    last_second: deque[float] = field(default_factory=deque)


class Limits:
    def __init__(self, world: World) -> None:
        self._world = world
        self._tallies: dict[str, Tally] = defaultdict(Tally)
        self._per_chat: dict[tuple[str, int], deque[float]] = defaultdict(deque)
        self._per_second: int | None = None
        self._per_private: int | None = None
        self._per_group: int | None = None

    def strict(
        self,
        *,
        per_second: int | None = 30,
        per_private_chat: int | None = 1,
        per_group_minute: int | None = 20,
        burst: int = 0,
    ) -> None:
        """Refuses with 429 what is over. `burst`: how many more a private chat may take within its second."""
        self._per_second = per_second
        self._per_private = None if per_private_chat is None else per_private_chat + burst
        self._per_group = per_group_minute

    def off(self) -> None:
        self.strict(per_second=None, per_private_chat=None, per_group_minute=None)

    def tally(self, token: str) -> Tally:
        return self._tallies[token]

    def reset(self) -> None:
        self._tallies.clear()
        self._per_chat.clear()

    def admit(self, token: str, chat: Chat, count: int = 1) -> None:
        """Counts `count` messages to the chat. Raises ApiError 429 with the seconds to wait."""
        now = self._world.monotonic()
        tally = self._tallies[token]
        recent = tally.last_second
        while recent and recent[0] <= now - 1:
            recent.popleft()
        wait = 0.0
        if self._per_second is not None and len(recent) + count > self._per_second:
            wait = recent[0] + 1 - now if recent else 1
        limit, window = (self._per_private, 1.0) if chat.type == "private" else (self._per_group, 60.0)
        sent: deque[float] | None = None
        if limit is not None:
            sent = self._per_chat[token, chat.id]
            while sent and sent[0] <= now - window:
                sent.popleft()
            if sent and len(sent) + count > limit:
                wait = max(wait, sent[0] + window - now)
        if wait > 0:
            tally.refused += count
            raise too_many_requests(max(1, math.ceil(wait)))
        recent.extend([now] * count)
        if sent is not None:
            sent.extend([now] * count)
        tally.accepted += count
        tally.peak = max(tally.peak, len(recent))
