"""Where further messages of a broadcast stand in a reader's chat, which they have asked for: the next pages of a story.

A row for each reader and broadcast, sealed as a line of the ledger is (`deliveries.py`), and gone with those. It is
there before the first such message is on its way, so that whoever corrects them waits for it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import msgspec
from sqlalchemy import bindparam, select, update

from storage.codec import decode, encode
from storage.errors import VaultError
from storage.ids import BroadcastId, KeyId, SubscriberId
from storage.private import Private
from storage.tables import openings, subscribers
from storage.vault import Column, DataKey, open_sealed, seal
from storage.work import Work

log = logging.getLogger(__name__)

_BODY = Column("openings", "body")
_change = (
    update(openings)
    .where(openings.c.broadcast == bindparam("of"), openings.c.subscriber == bindparam("by"))
    .values(body=bindparam("now"))
)


class Copy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is sealed of a message in a reader's chat."""

    place: int = 0
    """which of the broadcast's messages: 0 is the one that everybody gets, the others are numbered by its script"""
    note: bytes = b""
    """what its script must know to make it anew"""
    message: Private[str]

    def __repr__(self) -> str:  # a note may name stories
        return f"Copy(place={self.place})"


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    copies: tuple[Copy, ...] = ()


class Openings:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def expect(self, broadcasts: Sequence[BroadcastId], reader: SubscriberId, key_id: KeyId) -> None:
        """Of a message of these, in the transaction that puts it into the outbox. Does nothing when they have left."""
        try:
            key = await self._work.keys.get(self._work.connection, key_id)
        except VaultError:
            return
        rows = [{"broadcast": one, "subscriber": reader, "body": _sealed(key, one, reader, ())} for one in broadcasts]
        if rows:
            await self._work.connection.execute(self._work.insert_new(openings), rows)

    async def add(self, broadcasts: Sequence[BroadcastId], reader: SubscriberId, copy: Copy) -> None:
        """It has arrived. Does nothing when they have left, or a broadcast is forgotten."""
        work, of_reader = self._work, subscribers.c.id == openings.c.subscriber
        kept = select(openings.c.broadcast, openings.c.body, subscribers.c.key_id).join(subscribers, of_reader)
        found = kept.where(openings.c.broadcast.in_(broadcasts), openings.c.subscriber == reader)
        changed = []
        for row in (await work.connection.execute(found.with_for_update(of=openings))).all():
            try:
                key, broadcast = await work.keys.get(work.connection, KeyId(row.key_id)), BroadcastId(row.broadcast)
                copies = (*opened(key, broadcast, reader, row.body), copy)
            except VaultError as error:
                log.error("where a reader has a message can't be kept: %s", type(error).__name__)
                continue
            changed.append({"of": broadcast, "by": reader, "now": _sealed(key, broadcast, reader, copies)})
        if changed:
            await work.connection.execute(_change, changed)


def opened(key: DataKey, broadcast: BroadcastId, reader: SubscriberId, body: bytes) -> tuple[Copy, ...]:
    """In the order in which they arrived. Raises Unreadable."""
    found: _Body = decode(_Body, open_sealed(key, _BODY, broadcast + reader, 0, body))
    return found.copies


def _sealed(key: DataKey, broadcast: BroadcastId, reader: SubscriberId, copies: tuple[Copy, ...]) -> bytes:
    return seal(key, _BODY, broadcast + reader, 0, encode(_Body(copies=copies)))
