"""Raw events, read with care: they come from anybody, and any field may be missing, or hold anything."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, TypeGuard

import msgspec

from bot.platforms.matrix.ids import EventId, RoomId, UserId

Raw = Mapping[str, Any]

_LONGEST_ID = 255
"""bytes (Matrix specification, appendix "Size limits")"""
_CLOCK_AHEAD = 300
"""seconds that a server's clock may be before ours"""


class Malformed(ValueError):
    """This is no event as the specification has it. Holds nothing of it."""


class RoomEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event of a room's timeline or state, decrypted where it was encrypted."""

    id: EventId
    room: RoomId
    sender: UserId
    at: int
    """seconds since 1970, the sender's server's clock; never later than ours"""
    type: str
    state_key: str | None
    content: Raw
    unsigned: Raw
    encrypted: bool = False
    """it came encrypted, by a device of the sender's"""

    def __repr__(self) -> str:
        return "RoomEvent(…)"

    @property
    def relation(self) -> Raw:
        return mapping(self.content, "m.relates_to")


def read(raw: object, room: RoomId) -> RoomEvent:
    """Raises Malformed."""
    if not is_mapping(raw):
        raise Malformed
    content, kind, key = raw.get("content"), raw.get("type"), raw.get("state_key")
    if not is_mapping(content) or not isinstance(kind, str) or not isinstance(key, str | None):
        raise Malformed
    return RoomEvent(
        id=EventId(identifier(raw, "event_id", "$")),
        room=room,
        sender=UserId(identifier(raw, "sender", "@")),
        at=_seconds(raw.get("origin_server_ts")),
        type=kind,
        state_key=key,
        content=content,
        unsigned=mapping(raw, "unsigned"),
    )


def identifier(raw: Raw, name: str, sigil: str) -> str:
    """Raises Malformed unless it begins with its sigil and can be stored."""
    found = raw.get(name)
    if not isinstance(found, str) or not found.startswith(sigil) or not is_storable(found):
        raise Malformed
    return found


def is_storable(name: str) -> bool:
    """Whether it is as long as ids may be, of whole characters, none of them unprintable."""
    return name.isprintable() and len(name.encode(errors="replace")) <= _LONGEST_ID and sound(name) == name


def is_mapping(value: object) -> TypeGuard[Raw]:
    return isinstance(value, dict)


def mapping(raw: Raw, *path: str) -> Raw:
    """What lies there; empty when that is no object."""
    found: object = raw
    for name in path:
        found = found.get(name) if is_mapping(found) else None
    return found if is_mapping(found) else {}


def sequence(raw: Raw, *path: str) -> list[Any]:
    """What lies there; empty when that is no array."""
    found = mapping(raw, *path[:-1]).get(path[-1])
    return found if isinstance(found, list) else []


def text(raw: Raw, name: str) -> str:
    """What stands there, in whole characters; empty when that is no text."""
    found = raw.get(name)
    return sound(found) if isinstance(found, str) else ""


def whole(raw: Raw, name: str) -> int | None:
    """None: there is no whole number that is 0 or more, and small enough for every computer (2**53)."""
    found = raw.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < 2**53 else None


def sound(said: str) -> str:
    """JSON can spell half a character, and nothing behind us could store that."""
    return said.encode(errors="replace").decode()


def _seconds(milliseconds: object) -> int:
    if not isinstance(milliseconds, int) or isinstance(milliseconds, bool) or milliseconds < 0:
        raise Malformed
    return min(milliseconds // 1000, int(time.time()) + _CLOCK_AHEAD)
