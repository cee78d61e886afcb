"""What an encrypted messenger needs to go on after a restart: its own keys, others' devices, whose room is whose.

Rows are found by kind and a keyed hash of their name, never by an id in plain. Each row has a data key of its own, made
anew with every change, the older one shredded: so no back-up, opened with the ring of a later week, brings back a
ratchet as it was before, a session that was dropped, or a person who was forgotten.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

import msgspec
from sqlalchemy import bindparam, delete, select

from storage.codec import decode, encode
from storage.errors import VaultError
from storage.ids import KeyId
from storage.tables import crypto
from storage.vault import Column, Purpose, open_sealed, seal
from storage.work import Work

log = logging.getLogger(__name__)

T = TypeVar("T")

_BODY = Column("crypto", "body")
_BATCH = 500

_found = select(crypto.c.key_id, crypto.c.body).where(
    crypto.c.kind == bindparam("kind"), crypto.c.name == bindparam("name")
)
_all = select(crypto.c.name, crypto.c.key_id, crypto.c.body).where(crypto.c.kind == bindparam("kind"))
_keys = select(crypto.c.key_id).where(
    crypto.c.kind == bindparam("kind"), crypto.c.name.in_(bindparam("names", expanding=True))
)
_delete = delete(crypto).where(
    crypto.c.kind == bindparam("kind"), crypto.c.name.in_(bindparam("names", expanding=True))
)
_clear = delete(crypto).where(crypto.c.kind == bindparam("kind")).returning(crypto.c.key_id)
_hold = select(crypto.c.key_id).where(crypto.c.kind == bindparam("kind")).with_for_update()


class Kind(StrEnum):
    """What a row is. The value is part of its name and of its seal: changing it loses every row of that kind."""

    LOGIN = "login"
    """one: the access token, the device, the key of the pickles"""
    ACCOUNT = "account"
    """one: our device's keys"""
    OLM = "olm"
    """a session with one device of somebody"""
    MEGOLM = "megolm"
    """the key of what one device says in one room"""
    DEVICE = "device"
    """one person's devices, and whether they are trusted"""
    ROOM = "room"
    """a room that is encrypted"""
    REQUEST = "request"
    """a room key that we asked for"""
    DIRECT = "direct"
    """a person and the room in which they speak with us"""
    MARK = "mark"
    """another room that must be encrypted"""
    SIGNING = "signing"
    """our cross-signing seeds"""
    PINNED = "pinned"
    """somebody's signing key as first seen, a device that was confirmed"""
    WAITING = "waiting"
    """an event that can't be decrypted yet"""


OF_THE_DEVICE = (Kind.ACCOUNT, Kind.OLM, Kind.MEGOLM, Kind.REQUEST)
"""Worth nothing with another device."""
NEVER_COPIED = (Kind.LOGIN, *OF_THE_DEVICE)
"""In no back-up: the token is guarded like the root key, and a device that was put back would repeat its ratchets."""


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    record: bytes


class Crypto:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def put(self, kind: Kind, records: Mapping[str, bytes]) -> None:
        """Name → record; what was there under these names is replaced, its key shredded."""
        if not records:
            return
        names = {name: self._name(kind, name) for name in records}
        await self._shred(kind, list(names.values()))
        made = await self._work.keys.new_many(self._work.connection, len(records))
        rows = [
            {
                "kind": kind,
                "name": names[name],
                "key_id": key_id,
                "body": seal(key, _BODY, _place(kind, names[name]), 0, encode(_Body(name=name, record=record))),
            }
            for (name, record), (key_id, key) in zip(records.items(), made, strict=True)
        ]
        await self._work.connection.execute(self._work.upsert(crypto), rows)

    async def drop(self, kind: Kind, names: Iterable[str]) -> None:
        """The rows and their keys; what is not there is no matter."""
        hashes = [self._name(kind, name) for name in names]
        if hashes:
            await self._shred(kind, hashes)
            for some in _batches(hashes):
                await self._work.connection.execute(_delete, {"kind": kind, "names": some})

    async def clear(self, kind: Kind) -> None:
        """Every row of the kind, and its key; also what does not open."""
        old = (await self._work.connection.execute(_clear, {"kind": kind})).scalars()
        await self._work.keys.shred(self._work.connection, [KeyId(key_id) for key_id in old])

    async def get(self, kind: Kind, name: str) -> bytes | None:
        """Raises Unreadable or KeyMissing when it is there but does not open."""
        hashed = self._name(kind, name)
        row = (await self._work.connection.execute(_found, {"kind": kind, "name": hashed})).one_or_none()
        return None if row is None else (await self._open(kind, hashed, row.key_id, row.body)).record

    async def all(self, kind: Kind) -> dict[str, bytes]:
        """Name → record. One that does not open is left out, and logged: it must not stop the others."""
        rows = (await self._work.connection.execute(_all, {"kind": kind})).all()
        found: dict[str, bytes] = {}
        for some in _batches(rows):
            await self._work.keys.prefetch(self._work.connection, [KeyId(row.key_id) for row in some])
            for row in some:
                try:
                    body = await self._open(kind, row.name, row.key_id, row.body)
                except VaultError as error:
                    log.error("a crypto row of kind %s does not open: %s", kind.value, type(error).__name__)
                    continue
                found[body.name] = body.record
        return found

    async def hold(self) -> bool:
        """Until this transaction ends, no other one holds it: whoever writes changed keys takes their state after this,
        so that an older state never overwrites a newer one. False when there is no log-in.
        """
        return bool((await self._work.connection.execute(_hold, {"kind": Kind.LOGIN})).all())

    async def _shred(self, kind: Kind, hashes: list[bytes]) -> None:
        for some in _batches(hashes):
            old = (await self._work.connection.execute(_keys, {"kind": kind, "names": some})).scalars()
            await self._work.keys.shred(self._work.connection, [KeyId(key_id) for key_id in old])

    async def _open(self, kind: Kind, name: bytes, key_id: bytes, sealed: bytes) -> _Body:
        key = await self._work.keys.get(self._work.connection, KeyId(key_id))
        body: _Body = decode(_Body, open_sealed(key, _BODY, _place(kind, name), 0, sealed))
        return body

    def _name(self, kind: Kind, name: str) -> bytes:
        return self._work.names.account(Purpose.CRYPTO, kind.value, name)


def _place(kind: Kind, name: bytes) -> bytes:
    return kind.value.encode() + b"\0" + name


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """A statement takes some hundred parameters at the most."""
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
