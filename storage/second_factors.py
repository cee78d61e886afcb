"""The editors' second factors: a secret that an app makes codes of, enrolled at the console; when a code came last.

A code counts once: neither it nor an older one is taken again. Five wrong ones in a row lock the person out for an
hour: guessing so takes some seven years, day and night, and the admins are told of every hour of it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec
from sqlalchemy import delete, insert, select, update

from storage.address import Account
from storage.clock import DAY, HOUR
from storage.errors import Conflict
from storage.ids import EditorId, KeyId
from storage.private import Private
from storage.sealed import open_record, seal_record
from storage.tables import second_factors
from storage.vault import Column, Purpose
from storage.vault.totp import TimeStep, step_of
from storage.work import Work

MOST_WRONG: Final = 5
LOCK_SECONDS: Final = HOUR
_BODY = Column("second_factors", "body")


class Tried(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    LOCKED_OUT = "locked out"
    """wrong, and one too many"""
    NOT_TRIED = "not tried"
    """nothing is tried while somebody is locked out"""


class Factor(msgspec.Struct, frozen=True, kw_only=True):
    """One person's."""

    secret: Private[bytes]
    used: TimeStep
    """the newest that a code was taken for"""
    wrong: int = 0
    """in a row"""
    locked_until: int = 0
    proofs: dict[bytes, int] = {}
    """a keyed hash of an account → when a right code last came from it"""


class SecondFactors:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def find(self, editor: EditorId) -> Factor | None:
        """None: none is enrolled. Raises Unreadable or KeyMissing: one that does not open must not count as none."""
        found = await self._row(editor)
        return None if found is None else found[1]

    async def is_enrolled(self, editor: EditorId) -> bool:
        """Also one that does not open."""
        row = select(second_factors.c.editor).where(second_factors.c.editor == editor)
        return (await self._work.connection.execute(row)).scalar() is not None

    def proven_at(self, factor: Factor, account: Account) -> int:
        """0: never."""
        return factor.proofs.get(self._hash(account), 0)

    async def enrol(self, editor: EditorId, secret: Private[bytes], used: TimeStep) -> None:
        """In place of what there was. `used`: of the code that has shown that the app has the secret."""
        await self.drop(editor)
        key_id, body = await self._sealed(editor, Factor(secret=secret, used=used))
        await self._work.connection.execute(insert(second_factors).values(editor=editor, key_id=key_id, body=body))

    async def try_code(self, editor: EditorId, account: Account, code: str) -> Tried:
        """Of somebody who has one. Raises Conflict, and as `find` does."""
        found, now = await self._row(editor), self._work.now
        if found is None:
            raise Conflict("The second factor was reset in the same moment.")
        old, factor = found
        if now < factor.locked_until:
            return Tried.NOT_TRIED
        step = step_of(factor.secret, code, now)
        if step is not None and step > factor.used:
            proofs = {name: at for name, at in factor.proofs.items() if at > now - DAY} | {self._hash(account): now}
            await self._put(editor, old, Factor(secret=factor.secret, used=step, proofs=proofs))
            return Tried.RIGHT
        wrong = factor.wrong + 1
        locks = wrong == MOST_WRONG
        changed = msgspec.structs.replace(
            factor, wrong=0 if locks else wrong, locked_until=now + LOCK_SECONDS if locks else 0
        )
        await self._put(editor, old, changed)
        return Tried.LOCKED_OUT if locks else Tried.WRONG

    async def drop(self, editor: EditorId) -> bool:
        """False when there was none."""
        gone = await self._work.connection.execute(
            delete(second_factors).where(second_factors.c.editor == editor).returning(second_factors.c.key_id)
        )
        keys = [KeyId(key) for key in gone.scalars()]
        await self._work.keys.shred(self._work.connection, keys)
        return bool(keys)

    async def _row(self, editor: EditorId) -> tuple[KeyId, Factor] | None:
        found = select(second_factors.c.key_id, second_factors.c.body).where(second_factors.c.editor == editor)
        row = (await self._work.connection.execute(found)).one_or_none()
        if row is None:
            return None
        factor: Factor = await open_record(self._work, row.key_id, _BODY, editor, 0, row.body, Factor)
        return KeyId(row.key_id), factor

    async def _put(self, editor: EditorId, old: KeyId, factor: Factor) -> None:
        """Under a new key: neither a proof nor a used code comes back from an old copy of the row."""
        key_id, body = await self._sealed(editor, factor)
        changed = await self._work.connection.execute(
            update(second_factors)
            .where(second_factors.c.editor == editor, second_factors.c.key_id == old)
            .values(key_id=key_id, body=body)
        )
        if changed.rowcount != 1:
            raise Conflict("Another code was tried in the same moment.")
        await self._work.keys.shred(self._work.connection, [old])

    async def _sealed(self, editor: EditorId, factor: Factor) -> tuple[KeyId, bytes]:
        key_id, _ = await self._work.keys.new(self._work.connection)
        return key_id, await seal_record(self._work, key_id, _BODY, editor, 0, factor)

    def _hash(self, account: Account) -> bytes:
        return self._work.names.account(Purpose.EDITOR, account.platform, account.person.reveal())
