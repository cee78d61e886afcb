"""References of messages on their platforms: anchors, to edit or delete what we sent; and what is to be wiped.

A reference is sealed with the key of the lane it came through, and gone with it at the latest.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from storage.address import Address, Reference
from storage.clock import MINUTE
from storage.codec import decode, encode
from storage.errors import VaultError
from storage.ids import AnchorId, ChatHash, KeyId, new_id
from storage.lanes import KEPT_DAYS, Lanes
from storage.tables import anchors, messages
from storage.vault import Column, DataKey, Purpose, open_sealed, seal
from storage.work import Work

log = logging.getLogger(__name__)

_ANCHOR = Column("anchors", "body")
_MESSAGE = Column("messages", "body")
ANCHOR_DAYS = 90
"""How long a message can still be edited or taken back by us."""
_COARSE = 10 * MINUTE
"""Times of wiping are rounded down to ten minutes: seconds would tell who wrote when."""
_HASH_BYTES = 32

_insert = insert(messages)
_select_anchor = select(anchors.c.key_id, anchors.c.body).where(anchors.c.anchor == bindparam("id"))


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A message to be wiped."""

    id: bytes
    reference: Reference


@dataclass(frozen=True, kw_only=True)
class Note:
    """A message, and when it is to be wiped: the second, rounded down to ten minutes."""

    reference: Reference
    wipe_at: int
    key_id: KeyId
    key: DataKey
    """of the lane through which the message came or went"""


class Messages:
    def __init__(self, work: Work) -> None:
        self._work = work

    def chat_hash(self, chat: Address) -> ChatHash:
        """The name of a chat's conversation. It does not change, so no row but the conversation carries it."""
        platform = f"{chat.platform}:{chat.bot}"
        return ChatHash(self._work.names.account(Purpose.CONVERSATION, platform, chat.chat.reveal()))

    async def remember(self, found: Sequence[tuple[Reference, int]], key_id: KeyId, key: DataKey) -> None:
        """Notes messages with the second at which each is to be wiped."""
        await self.remember_all(
            [Note(reference=reference, wipe_at=at, key_id=key_id, key=key) for reference, at in found]
        )

    async def remember_all(self, notes: Sequence[Note]) -> None:
        """The same for many chats in one statement.

        Each is named by its lane's day: under today's name, the key of yesterday's lane would join two days of a chat.
        One of a lane that has no name any more (its message left a quarantine) is found by its time only.
        """
        if not notes:
            return
        rows = []
        days = await Lanes(self._work).days([(note.reference.chat, note.key_id) for note in notes])
        for note in notes:
            row, day = new_id(), days.get(note.key_id)
            rows.append(
                {
                    "id": row,
                    "chat": (
                        self._daily(note.reference.chat, day) if day is not None else secrets.token_bytes(_HASH_BYTES)
                    ),
                    "wipe_at": note.wipe_at - note.wipe_at % _COARSE,
                    "key_id": note.key_id,
                    "body": seal(note.key, _MESSAGE, row, 0, encode(note.reference)),
                }
            )
        await self._work.connection.execute(_insert, rows)

    async def of(self, chat: Address) -> list[Due]:
        """Everything noted in this chat."""
        rows = await self._work.connection.execute(
            select(messages.c.id, messages.c.key_id, messages.c.body).where(messages.c.chat.in_(self._recent(chat)))
        )
        return await self._readable(rows.all())

    async def hasten(self, chat: Address, at: int) -> None:
        """Everything noted in this chat is wiped at that second, rounded down to ten minutes, if not sooner."""
        at -= at % _COARSE
        await self._work.connection.execute(
            update(messages).where(messages.c.chat.in_(self._recent(chat)), messages.c.wipe_at > at).values(wipe_at=at)
        )

    async def forget(self, done: Sequence[Due]) -> None:
        """They are wiped, or can't be any more."""
        if done:
            await self._work.connection.execute(
                delete(messages).where(messages.c.id == bindparam("row")), [{"row": item.id} for item in done]
            )

    async def count_due(self) -> int:
        due = select(func.count()).select_from(messages).where(messages.c.wipe_at <= self._work.now)
        return int((await self._work.connection.execute(due)).scalar_one())

    async def take_due(self, limit: int) -> list[Due]:
        """Removes and returns what is due; whoever takes it puts the wiping into the outbox in this transaction."""
        rows = await self._work.connection.execute(
            select(messages.c.id, messages.c.key_id, messages.c.body)
            .where(messages.c.wipe_at <= self._work.now)
            .order_by(messages.c.wipe_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        found = rows.all()
        if found:
            await self._work.connection.execute(
                delete(messages).where(messages.c.id == bindparam("row")), [{"row": row.id} for row in found]
            )
        return await self._readable(found)

    async def set_anchor(self, anchor: AnchorId, reference: Reference, key_id: KeyId, key: DataKey) -> None:
        body = seal(key, _ANCHOR, anchor, 0, encode(reference))
        values = {"anchor": anchor, "key_id": key_id, "day": self._work.today, "body": body}
        await self._work.connection.execute(self._work.upsert(anchors), values)

    async def anchor(self, anchor: AnchorId) -> Reference | None:
        row = (await self._work.connection.execute(_select_anchor, {"id": anchor})).one_or_none()
        return None if row is None else await self._open(KeyId(row.key_id), _ANCHOR, anchor, row.body)

    async def drop_anchors(self, ids: Sequence[AnchorId]) -> None:
        if ids:
            await self._work.connection.execute(
                delete(anchors).where(anchors.c.anchor == bindparam("id")), [{"id": anchor} for anchor in ids]
            )

    async def forget_old_anchors(self) -> None:
        limit = self._work.today - timedelta(days=ANCHOR_DAYS)
        await self._work.connection.execute(delete(anchors).where(anchors.c.day < limit))

    def _daily(self, chat: Address, day: date) -> bytes:
        """Like the lane's, a name that changes at midnight: else these rows would join the lanes of two days."""
        platform = f"{chat.platform}:{chat.bot}"
        return self._work.names.daily(Purpose.CONVERSATION, day, platform, chat.chat.reveal())

    def _recent(self, chat: Address) -> list[bytes]:
        days = range(KEPT_DAYS + 1)
        return [self._daily(chat, self._work.today - timedelta(days=ago)) for ago in days]

    async def _readable(self, rows: Sequence[Row[Any, Any, Any]]) -> list[Due]:
        """One row that does not open must not keep the others from being wiped."""
        found = []
        for row in rows:
            try:
                reference = await self._open(KeyId(row.key_id), _MESSAGE, row.id, row.body)
            except VaultError as error:
                log.error("a message that can't be read can't be wiped: %s", type(error).__name__)
                continue
            found.append(Due(id=row.id, reference=reference))
        return found

    async def _open(self, key_id: KeyId, column: Column, row: bytes, body: bytes) -> Reference:
        key = await self._work.keys.get(self._work.connection, key_id)
        reference: Reference = decode(Reference, open_sealed(key, column, row, 0, body))
        return reference
