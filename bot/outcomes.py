"""What a platform answers to what goes out. What follows from it: `delivery/aftermath.py`."""

from __future__ import annotations

import msgspec

from storage.address import Address, Reference


class Delivered(msgspec.Struct, frozen=True, kw_only=True):
    reference: Reference | None = None
    """the message that stands there now, after an Erase with other words; None: none does"""
    failed: int = 0
    """of an Erase: messages that could not be deleted"""


class Later(msgspec.Struct, frozen=True, kw_only=True):
    """Not now: the platform is busy or away."""

    after: float
    """seconds"""
    everyone: bool = False
    """the whole platform is meant, not this chat alone"""
    hurried: bool = False
    """because we send too fast"""
    most: int | None = None
    """attempts, after which the message is given up, as what comes behind it must not wait for ever; None: no limit"""


class Unreachable(msgspec.Struct, frozen=True, kw_only=True):
    """Blocked, deleted, kicked: this chat is gone."""


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A group became a supergroup: the chat has another id now."""

    to: Address


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """The platform will never take this message. `why` holds no content."""

    why: str


class Unsure(msgspec.Struct, frozen=True, kw_only=True):
    """It may have arrived: the answer did not."""


Outcome = Delivered | Later | Unreachable | Moved | Refused | Unsure
