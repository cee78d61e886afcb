"""The audit trail's records, and the one way to follow them from entry to entry.

    entry 1 ──► entry 2 ──► … ──► entry n        each mac covers the one before it (`vault/chain.py`)
       ▲                             ▲
     start ───────── Ends ───────── last         kept apart, in `settings`, marked with a key of their own

An entry says on which day who did what to which story, and holds no content. A story's name in the trail is made from
its own data key: it can't be joined with anything without that key, and with nothing at all once it is shredded.
"""

from __future__ import annotations

import hmac
from datetime import date
from enum import StrEnum
from typing import Any, NewType

import msgspec
from sqlalchemy import Row

from storage.codec import decode, encode
from storage.connection import Connection
from storage.errors import VaultError
from storage.ids import EditorId, KeyId
from storage.keys import Keys
from storage.vault import ChainKeys, Column, DataKey, open_sealed, seal

SubjectId = NewType("SubjectId", bytes)
"""A story as the audit trail names it: 16 bytes."""

ENDS = "audit"
"""the row of `settings` in which they are kept"""
_BODY = Column("audit", "body")


class Actor(StrEnum):
    EDITOR = "editor"
    AUTHOR = "author"
    SYSTEM = "system"
    """a timer, or somebody at the console"""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A place in the trail."""

    seq: int
    mac: bytes


START = Link(seq=0, mac=bytes(32))


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed of an entry."""

    action: str
    actor: Actor
    editor: EditorId | None = None
    subject: SubjectId | None = None
    pruned: Link | None = None
    """of a checkpoint: the last entry that was removed"""


class Ends(msgspec.Struct, frozen=True, kw_only=True):
    start: Link = START
    """the entry before the first that is kept"""
    last: Link = START
    key_id: KeyId | None = None
    """what the last entry is sealed with"""
    day: date | None = None
    """for which that key is; here so that noting costs one statement less"""


class Flaw(StrEnum):
    """Why a trail is not whole."""

    ALTERED = "altered"
    REMOVED = "removed"
    REORDERED = "reordered"
    TRUNCATED = "truncated"
    ADDED = "added"
    UNREADABLE = "unreadable"
    """in its place and unaltered, but its key is gone"""
    ENDS = "ends"
    """what says where the trail begins and ends is missing, was altered or replaced by an older copy"""
    POSTED = "posted"
    """whole in itself, but another one than that whose head was posted"""


def seal_note(key: DataKey, seq: int, note: Note) -> bytes:
    return seal(key, _BODY, seq.to_bytes(8), 0, encode(note))


def open_note(key: DataKey, seq: int, body: bytes) -> Note:
    """Raises Unreadable."""
    note: Note = decode(Note, open_sealed(key, _BODY, seq.to_bytes(8), 0, body))
    return note


def seal_ends(chain: ChainKeys, ends: Ends) -> bytes:
    return chain.mark(encode(ends))


def open_ends(chain: ChainKeys, value: bytes) -> Ends | None:
    """None when they were altered."""
    content = chain.marked(value)
    return None if content is None else decode(Ends, content)


class Walk:
    """Follows the trail row by row: each must be the next one, and untouched."""

    def __init__(self, chain: ChainKeys, keys: Keys, connection: Connection, ends: Ends) -> None:
        self._chain = chain
        self._keys = keys
        self._connection = connection
        self._ends = ends
        self.here = ends.start
        self.checkpoint = START
        """what the newest checkpoint on the way says was removed"""

    async def step(self, row: Row[Any]) -> Flaw | None:
        """None: `here` is now this entry."""
        expected = self.here.seq + 1
        if row.seq != expected:
            return Flaw.REMOVED if row.seq > expected else Flaw.ADDED
        if not self._follows(self.here.mac, row):
            return await self._what_was_done(row)
        if row.seq > self._ends.last.seq:
            return Flaw.ENDS
        try:
            key = await self._keys.get(self._connection, KeyId(row.key_id))
            note = open_note(key, row.seq, row.body)
        except VaultError:
            return Flaw.UNREADABLE
        self.checkpoint = note.pruned or self.checkpoint
        self.here = Link(seq=row.seq, mac=row.mac)
        return None

    def _follows(self, previous: bytes, row: Row[Any]) -> bool:
        return hmac.compare_digest(row.mac, self._chain.link(previous, row.seq, row.day, row.key_id, row.body))

    async def _what_was_done(self, row: Row[Any]) -> Flaw:
        if self._follows(START.mac, row):  # the ends were lost, and the trail was begun anew here
            return Flaw.ENDS
        if row.seq > self._ends.last.seq:
            return Flaw.ADDED
        try:
            key = await self._keys.get(self._connection, KeyId(row.key_id))
        except VaultError:
            return Flaw.ALTERED
        everywhere = range(self._ends.start.seq + 1, self._ends.last.seq + 1)
        if any(_opens(key, seq, row.body) for seq in everywhere if seq != row.seq):
            return Flaw.REORDERED
        return Flaw.ALTERED


def _opens(key: DataKey, seq: int, body: bytes) -> bool:
    try:
        open_note(key, seq, body)
    except VaultError:
        return False
    return True
