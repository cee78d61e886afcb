"""Keyed hashes that stand for accounts and events, so that no id is ever a column.

Every purpose has its own key: without the root key nobody can tell that two rows are one person. With it,
ids can be enumerated; only shredding the row helps against that.
"""

from __future__ import annotations

import hmac
from datetime import date
from enum import Enum

from storage.vault.root import RootKey
from storage.vault.secret import derive, fields

_DAILY_KEYS = 64
"""kept at hand: a few days of each purpose, asked for with every message"""


class Purpose(Enum):
    """What a hash is for. The value is part of the key: changing it loses every row of that purpose."""

    CONVERSATION = "conversation"
    CONTRIBUTOR = "contributor"
    SUBSCRIBER = "subscriber"
    EDITOR = "editor"
    BLOCK = "block"
    FLOOD = "flood"
    QUEUE_IN = "queue-in"
    QUEUE_OUT = "queue-out"
    EVENT = "event"
    CRYPTO = "crypto"
    RECEIPT = "receipt"
    SUPPRESSION = "suppression"


class Pseudonyms:
    """The hashes of one installation; every answer is 32 bytes of HMAC-SHA256."""

    __slots__ = ("_daily", "_keys", "_root")

    def __init__(self, root: RootKey) -> None:
        self._root = root
        self._daily: dict[tuple[Purpose, date], bytes] = {}
        self._keys = {purpose: derive(root, f"pseudonym/{purpose.value}") for purpose in Purpose}

    def account(self, purpose: Purpose, platform: str, account_id: str) -> bytes:
        return hmac.digest(self._keys[purpose], _joined(platform, account_id), "sha256")

    def daily(self, purpose: Purpose, day: date, platform: str, account_id: str) -> bytes:
        """Another hash each day: two days' rows can't be joined without the root key."""
        return hmac.digest(self._daily_key(purpose, day), _joined(platform, account_id), "sha256")

    def event(self, platform: str, bot: str, event_id: str) -> bytes:
        """For "have we seen this already": event ids name rooms and accounts, so they are not kept."""
        return hmac.digest(self._keys[Purpose.EVENT], _joined(platform, bot, event_id), "sha256")

    def _daily_key(self, purpose: Purpose, day: date) -> bytes:
        key = self._daily.get((purpose, day))
        if key is None:
            if len(self._daily) >= _DAILY_KEYS:
                self._daily.clear()
            key = derive(self._root, f"pseudonym/{purpose.value}/daily", day.isoformat().encode())
            self._daily[purpose, day] = key
        return key


def _joined(*parts: str) -> bytes:
    # A lone surrogate from a foreign server must not raise an error whose text is the id.
    return fields(*(part.encode(errors="surrogatepass") for part in parts))
