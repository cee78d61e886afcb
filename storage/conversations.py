"""Where each chat's conversation stands: one sealed row a chat, with a data key that changes with every draft."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, delete, select, update

from storage.errors import Conflict
from storage.ids import ChatHash, KeyId
from storage.tables import conversations
from storage.vault import Column, open_sealed, seal
from storage.work import Work

_BODY = Column("conversations", "body")
_select = select(conversations.c.revision, conversations.c.key_id, conversations.c.body).where(
    conversations.c.chat == bindparam("chat_hash")
)
_update = (
    update(conversations)
    .where(conversations.c.chat == bindparam("chat_hash"), conversations.c.revision == bindparam("seen"))
    .values(revision=bindparam("next"), key_id=bindparam("key"), body=bindparam("sealed"))
)


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation as it was read."""

    revision: int
    key_id: KeyId
    body: bytes

    def __repr__(self) -> str:
        return f"Stored(revision {self.revision})"


class Conversations:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def load(self, chat: ChatHash) -> Stored | None:
        row = (await self._work.connection.execute(_select, {"chat_hash": chat})).one_or_none()
        if row is None:
            return None
        key = await self._work.keys.get(self._work.connection, KeyId(row.key_id))
        body = open_sealed(key, _BODY, chat, row.revision, row.body)
        return Stored(revision=row.revision, key_id=KeyId(row.key_id), body=body)

    async def save(self, chat: ChatHash, body: bytes, before: Stored | None, *, fresh_key: bool) -> None:
        """With `fresh_key` what was sealed before is shredded: a draft has ended. Raises Conflict."""
        work = self._work
        revision = before.revision + 1 if before else 1
        if before is None or fresh_key:
            key_id, key = await work.keys.new(work.connection)
        else:
            key_id, key = before.key_id, await work.keys.get(work.connection, before.key_id)
        sealed = seal(key, _BODY, chat, revision, body)
        if before is None:
            values = {"chat": chat, "revision": revision, "key_id": key_id, "body": sealed}
            added = await work.connection.execute(work.insert_new(conversations), values)
            if added.rowcount != 1:
                raise Conflict("The conversation was begun by another worker; the event runs again.")
            return
        done = await work.connection.execute(
            _update,
            {"chat_hash": chat, "seen": before.revision, "next": revision, "key": key_id, "sealed": sealed},
        )
        if done.rowcount != 1:
            raise Conflict("The conversation was changed by another worker; the event runs again.")
        if fresh_key:
            await work.keys.shred(work.connection, [before.key_id])

    async def shred(self, chat: ChatHash) -> None:
        found = await self._work.connection.execute(
            delete(conversations).where(conversations.c.chat == chat).returning(conversations.c.key_id)
        )
        await self._work.keys.shred(self._work.connection, [KeyId(key_id) for key_id in found.scalars()])
        self._work.gone.append(chat)  # its key has changed with every draft
