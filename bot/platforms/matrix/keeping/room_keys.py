"""Others' and our own room keys, each with how far it was read and when it was last of use."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from nio.crypto import InboundGroupSession

from bot.platforms.matrix.keeping.pickles import Pickles


@dataclass
class _Kept:
    session: InboundGroupSession
    read: int
    """the index after the last one that was decrypted"""
    used: int
    """when the key came, or opened something, the last time; seconds since 1970"""
    events: dict[int, bytes]
    """index → of which event, hashed; the newest MOST_EVENTS"""


MOST_EVENTS: Final = 100
"""of one session: so many messages has one, ours too (specification, `rotation_period_msgs`)"""


class RoomKeys:
    """By name: room, sender and session, as whoever was given a session's key can hand it on as their own."""

    def __init__(self, pickles: Pickles) -> None:
        self._pickles = pickles
        self._kept: dict[str, _Kept] = {}

    def __iter__(self) -> Iterator[InboundGroupSession]:
        return (kept.session for kept in self._kept.values())

    def fill(self, record: bytes) -> None:
        session, read, used, events = self._pickles.to_megolm(record)
        self._kept[name_of(session)] = _Kept(session, read, used, events)

    def record(self, name: str) -> bytes | None:
        kept = self._kept.get(name)
        return None if kept is None else self._pickles.megolm(kept.session, kept.read, kept.used, kept.events)

    def put(self, session: InboundGroupSession) -> None:
        """New, or in the place of the one of the same name."""
        name = name_of(session)
        before = self._kept.get(name)
        read, events = (0, {}) if before is None else (before.read, before.events)
        self._kept[name] = _Kept(session, read, int(time.time()), events)

    def drop(self, session: InboundGroupSession) -> None:
        self._kept.pop(name_of(session), None)

    def is_replay(self, session: InboundGroupSession, index: int, event: str) -> bool:
        """Whether this message of the session was read as another event: a homeserver can send it again as a new one.

        So many back that we don't know any more counts as read.
        """
        kept = self._kept.get(name_of(session))
        if kept is None:
            return False
        if index in kept.events:
            return kept.events[index] != _hashed(event)
        return len(kept.events) >= MOST_EVENTS and index < min(kept.events)

    def note_read(self, session: InboundGroupSession, index: int, event: str) -> bool:
        """This message of the session was decrypted. Whether that is news."""
        kept = self._kept.get(name_of(session))
        if kept is None or index in kept.events:
            return False
        kept.events[index] = _hashed(event)
        if len(kept.events) > MOST_EVENTS:
            del kept.events[min(kept.events)]
        kept.read, kept.used = max(kept.read, index + 1), int(time.time())
        return True

    def first_unread(self, session: InboundGroupSession) -> int:
        """The index after the last one that was decrypted; 0: none was."""
        kept = self._kept.get(name_of(session))
        return 0 if kept is None else kept.read

    def used(self, session: InboundGroupSession) -> int:
        return self._kept[name_of(session)].used


def name_of(session: InboundGroupSession) -> str:
    return f"{session.room_id} {session.sender_key} {session.id}"


def _hashed(event: str) -> bytes:
    return sha256(event.encode(errors="replace")).digest()[:8]
