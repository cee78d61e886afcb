"""The roster: who may work as an editor. Enrolled with a code from the console, valid once for ten minutes.

An editor is a person and may have several accounts, a row each: what one approves with any of them counts once. Which
rows belong together is sealed in them.
"""

from __future__ import annotations

import logging
import secrets
from typing import Any

import msgspec
from sqlalchemy import Row, delete, insert, or_, select

from storage.address import Account
from storage.clock import MINUTE
from storage.errors import VaultError
from storage.ids import ID_BYTES, AccountHash, EditorId, KeyId, new_id
from storage.private import Private
from storage.sealed import open_record, seal_record
from storage.tables import editors, settings
from storage.vault import Column, Purpose
from storage.work import Work

CODE_SECONDS = 10 * MINUTE
_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_BODY = Column("editors", "body")
_CODE = Column("settings", "enrol")
_CODE_PREFIX = "enrol:"

log = logging.getLogger(__name__)


class Editor(msgspec.Struct, frozen=True, kw_only=True):
    """A person with one of their accounts."""

    id: EditorId
    """of the person"""
    name: Private[str]
    """as the other editors know them"""
    account: Account


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    name: Private[str]
    account: Account
    person: EditorId | None = None
    """whose further account this is; None: a person's first, whose id is the row's"""


class _Code(msgspec.Struct, frozen=True, kw_only=True):
    expires: int
    name: Private[str]
    person: EditorId | None = None
    """whose further account it enrols; None: somebody new"""


class Editors:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def find(self, account: Account) -> Editor | None:
        row = (
            await self._work.connection.execute(select(editors).where(editors.c.account == self._hash(account)))
        ).one_or_none()
        return None if row is None else await self._readable(row)

    async def all(self) -> list[Editor]:
        """Every account of everybody. One who can't be read is left out: the others go on working."""
        rows = (await self._work.connection.execute(select(editors))).all()
        return [editor for editor in [await self._readable(row) for row in rows] if editor is not None]

    async def _readable(self, row: Row[Any]) -> Editor | None:
        try:
            return await self._open(row.id, row.key_id, row.body)
        except VaultError as error:
            log.error("an editor who can't be read counts as none: %s", type(error).__name__)
            return None

    async def add(self, account: Account, name: str, *, person: EditorId | None = None) -> EditorId:
        """`person`: whose further account it is. An account that is enrolled already keeps its place in the roster."""
        known = await self.find(account)
        if known is not None:
            return known.id
        row = EditorId(new_id())
        key_id, _ = await self._work.keys.new(self._work.connection)
        record = _Body(name=Private(name), account=account, person=person)
        body = await seal_record(self._work, key_id, _BODY, row, 0, record)
        await self._work.connection.execute(
            insert(editors).values(id=row, account=self._hash(account), key_id=key_id, body=body)
        )
        return person or row

    async def remove(self, editor: EditorId) -> bool:
        """Out of the roster, name and all accounts shredded; what they approved stays. False when they were not in
        it."""
        mine = [self._hash(one.account) for one in await self.all() if one.id == editor]
        gone = await self._work.connection.execute(
            delete(editors).where(or_(editors.c.id == editor, editors.c.account.in_(mine))).returning(editors.c.key_id)
        )
        keys = [KeyId(key) for key in gone.scalars()]
        await self._work.keys.shred(self._work.connection, keys)
        return bool(keys)

    async def new_code(self, name: str, *, person: EditorId | None = None) -> str:
        """Twelve letters and digits (60 bit) that enrol whoever sends them to the bot, once, within ten minutes.

        `person`: as a further account of this one, who is in the roster.
        """
        code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(12))
        record = _Code(expires=self._work.now + CODE_SECONDS, name=Private(name), person=person)
        place = self._code_name(code)
        key_id, _ = await self._work.keys.new(self._work.connection)
        body = await seal_record(self._work, key_id, _CODE, place.encode(), 0, record)
        await self._work.connection.execute(insert(settings).values(name=place, value=key_id + body))
        return code

    async def redeem(self, code: str, account: Account) -> EditorId | None:
        """None for a code that is unknown, used or too old: the same answer for each.

        None also for a further account of somebody who has left the roster meanwhile, or of two people at once: what
        the account has approved as another person would count twice.
        """
        record = await self._take_code(self._code_name(code))
        if record is None or record.expires < self._work.now:
            return None
        if record.person is not None:
            known = await self.find(account)
            is_another = known is not None and known.id != record.person
            if is_another or record.person not in [one.id for one in await self.all()]:
                return None
        return await self.add(account, record.name.reveal(), person=record.person)

    async def forget_old_codes(self) -> None:
        """Those past their time, and those that do not open: nobody can use them any more."""
        found = select(settings.c.name, settings.c.value).where(settings.c.name.startswith(_CODE_PREFIX))
        for place, value in (await self._work.connection.execute(found)).all():
            try:
                over = (await self._open_code(place, value)).expires < self._work.now
            except VaultError as error:
                log.error("a code that can't be read is dropped: %s", type(error).__name__)
                over = True
            if over:
                await self._work.connection.execute(delete(settings).where(settings.c.name == place))
                await self._shred_code(value)

    async def _take_code(self, place: str) -> _Code | None:
        taken = await self._work.connection.execute(
            delete(settings).where(settings.c.name == place).returning(settings.c.value)
        )
        value = taken.scalar()
        if value is None:
            return None
        record = await self._open_code(place, value)
        await self._shred_code(value)
        return record

    async def _shred_code(self, value: bytes) -> None:
        await self._work.keys.shred(self._work.connection, [KeyId(value[:ID_BYTES])])

    async def _open_code(self, place: str, value: bytes) -> _Code:
        key_id, body = value[:ID_BYTES], value[ID_BYTES:]
        record: _Code = await open_record(self._work, key_id, _CODE, place.encode(), 0, body, _Code)
        return record

    async def _open(self, row: bytes, key_id: bytes, sealed: bytes) -> Editor:
        body: _Body = await open_record(self._work, key_id, _BODY, row, 0, sealed, _Body)
        return Editor(id=body.person or EditorId(row), name=body.name, account=body.account)

    def _hash(self, account: Account) -> AccountHash:
        return AccountHash(self._work.names.account(Purpose.EDITOR, account.platform, account.person.reveal()))

    def _code_name(self, code: str) -> str:
        plain = code.strip().upper().replace("-", "")
        return _CODE_PREFIX + self._work.names.account(Purpose.EDITOR, "code", plain).hex()[:48]
