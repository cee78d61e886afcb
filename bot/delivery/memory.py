"""What is remembered of a broadcast from one visit of a shard to the next, until it pauses or ends."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from storage.ids import SubscriberId

_LONGEST_TALK = 300.0
"""Then they get it all the same."""


@dataclass(kw_only=True)
class Memory:
    handled: int = 0
    failed: int = 0
    """readers; of those handled"""

    tries: dict[SubscriberId, int] = field(default_factory=dict)
    talks: dict[SubscriberId, float] = field(default_factory=dict)
    """since when we wait for their conversation to come to an end"""

    def may_wait(self, reader: SubscriberId) -> bool:
        """For the end of their conversation, which goes on now."""
        now = asyncio.get_running_loop().time()
        return now - self.talks.setdefault(reader, now) < _LONGEST_TALK

    def forget(self, reader: SubscriberId) -> None:
        self.tries.pop(reader, None)
        self.talks.pop(reader, None)
