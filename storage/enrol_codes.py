"""One-time codes from the console: who sends one to the bot within ten minutes is in the roster (`editors.py`)."""

from __future__ import annotations

import logging
import secrets

import msgspec
from sqlalchemy import delete, insert, select

from storage.clock import MINUTE
from storage.errors import VaultError
from storage.ids import ID_BYTES, EditorId, KeyId
from storage.private import Private
from storage.role import Role
from storage.sealed import open_record, seal_record
from storage.tables import settings
from storage.vault import Column, Purpose
from storage.work import Work

CODE_SECONDS = 10 * MINUTE
_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE = Column("settings", "enrol")
_CODE_PREFIX = "enrol:"

log = logging.getLogger(__name__)


class Code(msgspec.Struct, frozen=True, kw_only=True):
    expires: int
    name: Private[str]
    person: EditorId | None = None
    """whose further account it enrols; None: somebody new"""
    role: Role = Role.EDITOR
    """of somebody new"""


class EnrolCodes:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def new_code(self, name: str, *, person: EditorId | None = None, role: Role = Role.EDITOR) -> str:
        """Twelve letters and digits (60 bit) that enrol whoever sends them to the bot, once, within ten minutes.

        `person`: as a further account of this one, who is in the roster and stays what they are there.
        """
        code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(12))
        record = Code(expires=self._work.now + CODE_SECONDS, name=Private(name), person=person, role=role)
        place = self._code_name(code)
        key_id, _ = await self._work.keys.new(self._work.connection)
        body = await seal_record(self._work, key_id, _CODE, place.encode(), 0, record)
        await self._work.connection.execute(insert(settings).values(name=place, value=key_id + body))
        return code

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

    async def _take_code(self, code: str) -> Code | None:
        """It is used up, also when it is too old."""
        place = self._code_name(code)
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

    async def _open_code(self, place: str, value: bytes) -> Code:
        key_id, body = value[:ID_BYTES], value[ID_BYTES:]
        record: Code = await open_record(self._work, key_id, _CODE, place.encode(), 0, body, Code)
        return record

    def _code_name(self, code: str) -> str:
        plain = code.strip().upper().replace("-", "")
        return _CODE_PREFIX + self._work.names.account(Purpose.EDITOR, "code", plain).hex()[:48]
