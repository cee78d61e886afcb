"""How much came from one account in a day, and how much from everybody within the hour.

Kept in memory, under the account's hash of the day: a restart forgets, and so does midnight (UTC). At most 10,000
accounts of each kind; the one that did least lately is forgotten first. What is too much is `handlers/policy.py`'s.

Of several workers each counts what it has done itself. They don't share it on purpose: a row for each account that did
something today would lie in every back-up for a week, and outlive what the person has deleted. So a limit is at most as
many times as high as there are workers, which none of them minds: they keep work within bounds, and a wrong code is one
of 2^60.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict, deque
from enum import StrEnum
from typing import Final

from storage.address import Account
from storage.clock import DAY, HOUR, day_of
from storage.vault import Pseudonyms, Purpose

MOST_ACCOUNTS: Final = 10_000
_MOST_IN_AN_HOUR: Final = 10_000


class Deed(StrEnum):
    """What is counted."""

    STORY = "story"
    """sent to the editors"""
    FILE = "file"
    """fetched"""
    CODE = "code"
    """a wrong one, which was to make an editor"""
    QUEUE = "queue"
    """asked to tell a story while there were too many"""
    CARD = "card"
    """shown to the editors"""


class Floods:
    """Times are seconds since 1970, of a clock that may be put back."""

    def __init__(self, names: Pseudonyms) -> None:
        self._names = names
        self._accounts: dict[Deed, OrderedDict[bytes, list[int]]] = defaultdict(OrderedDict)
        """account → (how often today, when first)"""
        self._all: dict[tuple[Deed, str], deque[int]] = defaultdict(lambda: deque(maxlen=_MOST_IN_AN_HOUR))

    def note(self, deed: Deed, now: int, account: Account | None = None, *, where: str = "") -> None:
        """It was done once more; `account`, `where`: by whom and on which platform, if that matters."""
        self._all[deed, where].append(now)
        if account is None:
            return
        accounts, name = self._accounts[deed], self._name(deed, account, now)
        accounts.setdefault(name, [0, now])[0] += 1
        accounts.move_to_end(name)
        if len(accounts) > MOST_ACCOUNTS:
            accounts.popitem(last=False)

    def today(self, deed: Deed, now: int, account: Account) -> int:
        """How often this account did it."""
        return self._accounts[deed].get(self._name(deed, account, now), [0])[0]

    def since(self, deed: Deed, now: int, account: Account) -> int | None:
        """When it did so first, today or, if that was before midnight, yesterday."""
        names = (self._name(deed, account, now - DAY), self._name(deed, account, now))
        first = [self._accounts[deed][name][1] for name in names if name in self._accounts[deed]]
        return first[0] if first else None

    def within_the_hour(self, deed: Deed, now: int, *, where: str = "") -> int:
        """By everybody."""
        return sum(now - HOUR < at <= now for at in self._all[deed, where])

    def _name(self, deed: Deed, account: Account, now: int) -> bytes:
        return self._names.daily(Purpose.FLOOD, day_of(now), f"{deed}/{account.platform}", account.person.reveal())
