"""The roster: who may work as an editor. Enrolled with a code from the console, valid once for ten minutes."""

from __future__ import annotations

import secrets

import msgspec
from sqlalchemy import delete, insert, select

from storage.address import Account
from storage.clock import MINUTE
from storage.codec import decode, encode
from storage.ids import AccountHash, EditorId, new_id
from storage.private import Private
from storage.sealed import open_record, seal_record
from storage.tables import editors, settings
from storage.vault import Column, Purpose
from storage.work import Work

CODE_SECONDS = 10 * MINUTE
_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_BODY = Column("editors", "body")


class Editor(msgspec.Struct, frozen=True, kw_only=True):
    id: EditorId
    name: Private[str]
    """as the other editors know them"""
    account: Account


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    name: Private[str]
    account: Account


class _Code(msgspec.Struct, frozen=True, kw_only=True):
    expires: int
    name: str


class Editors:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def find(self, account: Account) -> Editor | None:
        row = (
            await self._work.connection.execute(select(editors).where(editors.c.account == self._hash(account)))
        ).one_or_none()
        return None if row is None else await self._open(row.id, row.key_id, row.body)

    async def get(self, editor: EditorId) -> Editor | None:
        row = (await self._work.connection.execute(select(editors).where(editors.c.id == editor))).one_or_none()
        return None if row is None else await self._open(row.id, row.key_id, row.body)

    async def all(self) -> list[Editor]:
        rows = (await self._work.connection.execute(select(editors))).all()
        return [await self._open(row.id, row.key_id, row.body) for row in rows]

    async def add(self, account: Account, name: str) -> EditorId:
        """An account that is enrolled already keeps its place in the roster."""
        known = await self.find(account)
        if known is not None:
            return known.id
        editor = EditorId(new_id())
        key_id, _ = await self._work.keys.new(self._work.connection)
        record = _Body(name=Private(name), account=account)
        body = await seal_record(self._work, key_id, _BODY, editor, 0, record)
        await self._work.connection.execute(
            insert(editors).values(id=editor, account=self._hash(account), key_id=key_id, body=body)
        )
        return editor

    async def new_code(self, name: str) -> str:
        """Twelve letters and digits (60 bit) that enrol whoever sends them to the bot, once, within ten minutes."""
        code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(12))
        record = _Code(expires=self._work.now + CODE_SECONDS, name=name)
        await self._work.connection.execute(insert(settings).values(name=self._code_name(code), value=encode(record)))
        return code

    async def redeem(self, code: str, account: Account) -> EditorId | None:
        """None for a code that is unknown, used or too old: the same answer for each."""
        found = await self._work.connection.execute(
            delete(settings).where(settings.c.name == self._code_name(code)).returning(settings.c.value)
        )
        value = found.scalar()
        if value is None:
            return None
        record: _Code = decode(_Code, value)
        return await self.add(account, record.name) if record.expires >= self._work.now else None

    async def _open(self, row: bytes, key_id: bytes, sealed: bytes) -> Editor:
        body: _Body = await open_record(self._work, key_id, _BODY, row, 0, sealed, _Body)
        return Editor(id=EditorId(row), name=body.name, account=body.account)

    def _hash(self, account: Account) -> AccountHash:
        return AccountHash(self._work.names.account(Purpose.EDITOR, account.platform, account.person.reveal()))

    def _code_name(self, code: str) -> str:
        plain = code.strip().upper().replace("-", "")
        return "enrol:" + self._work.names.account(Purpose.EDITOR, "code", plain).hex()[:48]
