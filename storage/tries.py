"""How often wrong receipts may be tried: five times an hour in a chat, 600 in all.

Guessing 91 bits is hopeless at any pace; this keeps the hash (`vault/gate.py`) free for those who have a receipt.
Trying is counted before the hash and taken back when the receipt was right, so tries in one moment can't pass together.

When 600 wrong ones came within the hour, a chat is heard all the same until it has been wrong twice in that hour:
whoever has a receipt gets in, also with one slip, however many others guess. A thousand guessing chats so cost 2,600
hashes an hour, some seven minutes of one core. What was never tried, because the gate was full, is taken back as well.

Kept in memory, under the chat's hash of the day: a restart and midnight (UTC) forget. At most 10,000 chats; the one
that was wrong longest ago is forgotten first. Each of several workers counts its own: each has a gate of its own to
keep free, and at 91 bits a few times as many tries are as hopeless.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import Final

from storage.address import Address
from storage.clock import HOUR, day_of
from storage.vault import Pseudonyms, Purpose

PER_CHAT: Final = 5
IN_ALL: Final = 600
HEARD_ALWAYS: Final = 2
MOST_CHATS: Final = 10_000


class Tries:
    def __init__(self, names: Pseudonyms) -> None:
        self._names = names
        self._chats: OrderedDict[bytes, deque[int]] = OrderedDict()
        """Seconds of the last wrong tries, the oldest first."""
        self._all: deque[int] = deque(maxlen=IN_ALL)

    def begin(self, chat: Address, now: int) -> int:
        """0: go on, it is counted. Else: how many seconds to wait; it is not."""
        name = self._name(chat, now)
        own = self._chats.get(name, deque(maxlen=PER_CHAT))
        is_one_of_many = sum(tried > now - HOUR for tried in own) >= HEARD_ALWAYS
        wait = max(_until_one_is_old(own, now), _until_one_is_old(self._all, now) if is_one_of_many else 0)
        if wait:
            return wait
        for tried in (own, self._all):
            tried.append(now)
        self._chats[name] = own
        self._chats.move_to_end(name)
        if len(self._chats) > MOST_CHATS:
            self._chats.popitem(last=False)
        return 0

    def take_back(self, chat: Address, begun: int) -> None:
        """It was right, or never tried. `begun`: the second that `begin` was given."""
        for tried in (self._chats.get(self._name(chat, begun), deque[int]()), self._all):
            if begun in tried:
                tried.remove(begun)

    def _name(self, chat: Address, now: int) -> bytes:
        day = day_of(now)
        return self._names.daily(Purpose.FLOOD, day, f"receipt/{chat.platform}/{chat.bot}", chat.chat.reveal())


def _until_one_is_old(tried: deque[int], now: int) -> int:
    """0 while there is room among as many as it holds."""
    full = len(tried) == tried.maxlen
    return max(0, tried[0] + HOUR - now) if full else 0
