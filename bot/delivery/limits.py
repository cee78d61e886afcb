"""How fast a platform lets us send to one person and to one room; and whoever it told to wait.

Moments are handed out before a send: the limiter says when, the sender waits. A chat that was told to wait does not
hold up the others. How fast a bot account may send in all is reserved in the store, for all workers (`slots.py`).
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable

from bot.types import Capabilities

_REMEMBERED_CHATS = 20_000
_MINUTE = 60.0


def _now() -> float:
    return asyncio.get_running_loop().time()


class Limiter:
    """Of one platform. Times are those of the event loop: a clock that jumps changes nothing."""

    def __init__(self, capabilities: Capabilities, now: Callable[[], float] = _now) -> None:
        self._private_gap = capabilities.private_gap
        self._room_per_minute = capabilities.room_per_minute
        self._now = now
        self._next_in_chat: OrderedDict[str, float] = OrderedDict()
        self._in_room: OrderedDict[str, deque[float]] = OrderedDict()

    def when(self, chat: str, *, is_room: bool, slot: float = 0.0, within: float = float("inf")) -> float:
        """The moment for the next message to this chat, not before its slot; taken by asking, unless more than
        `within` seconds away.
        """
        moment = max(self._now(), slot, self._next_in_chat.get(chat, 0.0))
        sent = self._sent_in(chat) if is_room else None
        if sent is not None and len(sent) == sent.maxlen:
            moment = max(moment, sent[0] + _MINUTE)
        if moment - self._now() > within:
            return moment
        if sent is not None:
            sent.append(moment)
        self._set_chat(chat, moment + (0.0 if is_room else self._private_gap))
        return moment

    def rests(self, chat: str) -> float:
        """Seconds until this person may be sent something."""
        return max(0.0, self._next_in_chat.get(chat, 0.0) - self._now())

    def answered(self, chat: str, *, is_room: bool) -> None:
        """The pause to one person counts from the answer: on its way a message may have lost some of it."""
        if not is_room:
            self.pause_chat(chat, self._private_gap)

    def pause_chat(self, chat: str, seconds: float) -> None:
        self._set_chat(chat, max(self._next_in_chat.get(chat, 0.0), self._now() + seconds))

    def _sent_in(self, room: str) -> deque[float] | None:
        """With `n` a minute, a message may go out a minute after the n-th before it. None: no limit."""
        if not self._room_per_minute:
            return None
        return self._in_room.setdefault(room, deque(maxlen=self._room_per_minute))

    def _set_chat(self, chat: str, moment: float) -> None:
        self._next_in_chat[chat] = moment
        self._next_in_chat.move_to_end(chat)
        if len(self._next_in_chat) > _REMEMBERED_CHATS:
            self._next_in_chat.popitem(last=False)
