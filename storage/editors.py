"""The roster: who may work as an editor, and what they are there. Enrolled with a code from the console.

An editor is a person and may have several accounts, a row each: what one approves with any of them counts once. Which
rows belong together is sealed in them, and so is what the person is.
"""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from sqlalchemy import Row, delete, insert, select, update

from storage.address import Account
from storage.enrol_codes import EnrolCodes
from storage.errors import Conflict, VaultError
from storage.ids import AccountHash, EditorId, KeyId, new_id
from storage.private import Private
from storage.role import Role
from storage.sealed import open_record, seal_record
from storage.second_factors import SecondFactors
from storage.tables import editors
from storage.vault import Column, Purpose

_BODY = Column("editors", "body")

log = logging.getLogger(__name__)


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What an admin wants to make of somebody in the roster, and another admin has not agreed to yet."""

    role: Role | None
    """None: out of the roster"""
    by: EditorId
    until: int
    """the second at which it is over"""


class Editor(msgspec.Struct, frozen=True, kw_only=True):
    """A person with one of their accounts."""

    id: EditorId
    """of the person"""
    name: Private[str]
    """as the other editors know them"""
    account: Account
    role: Role
    wish: Wish | None = None


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    name: Private[str]
    account: Account
    person: EditorId | None = None
    """whose further account this is; None: a person's first, whose id is the row's"""
    role: Role = Role.EDITOR
    """the same in all rows of a person; in rows from before there were roles everybody was an editor"""
    wish: Wish | None = None


class Editors(EnrolCodes):
    async def find(self, account: Account) -> Editor | None:
        row = (
            await self._work.connection.execute(select(editors).where(editors.c.account == self._hash(account)))
        ).one_or_none()
        return None if row is None else await self._readable(row)

    async def all(self) -> list[Editor]:
        """Every account of everybody. One who can't be read is left out: the others go on working."""
        rows = (await self._work.connection.execute(select(editors))).all()
        return [editor for editor in [await self._readable(row) for row in rows] if editor is not None]

    async def person(self, editor: EditorId) -> list[Editor]:
        """All accounts of one; none when they are not in the roster."""
        return [one for one in await self.all() if one.id == editor]

    async def add(
        self, account: Account, name: str, *, person: EditorId | None = None, role: Role = Role.EDITOR
    ) -> EditorId:
        """`person`: whose further account it is, and then what they are already. An account that is enrolled keeps its
        place in the roster.
        """
        known = await self.find(account)
        if known is not None:
            return known.id
        row, others = EditorId(new_id()), [] if person is None else await self.person(person)
        record = _Body(
            name=Private(name),
            account=account,
            person=person,
            role=others[0].role if others else role,
            wish=others[0].wish if others else None,
        )
        key_id, body = await self._sealed(row, record)
        await self._work.connection.execute(
            insert(editors).values(id=row, account=self._hash(account), key_id=key_id, body=body)
        )
        return person or row

    async def redeem(self, code: str, account: Account) -> EditorId | None:
        """None for a code that is unknown, used or too old: the same answer for each.

        None also for a further account of somebody who has left the roster meanwhile, or of two people at once: what
        the account has approved as another person would count twice.
        """
        record = await self._take_code(code)
        if record is None or record.expires < self._work.now:
            return None
        if record.person is not None:
            known = await self.find(account)
            is_another = known is not None and known.id != record.person
            if is_another or not await self.person(record.person):
                return None
        return await self.add(account, record.name.reveal(), person=record.person, role=record.role)

    async def change(self, editor: EditorId, *, role: Role, wish: Wish | None = None) -> bool:
        """What the person is, with all accounts, and what an admin wishes of them. False when they are not in the
        roster. Each row under a new key: what they were is shredded. Raises Conflict.
        """
        mine = {self._hash(one.account): one for one in await self.person(editor)}
        found = select(editors.c.id, editors.c.account, editors.c.key_id).where(editors.c.account.in_(mine))
        for row, account, old in (await self._work.connection.execute(found)).all():
            one = mine[account]
            person = None if row == editor else editor
            record = _Body(name=one.name, account=one.account, person=person, role=role, wish=wish)
            key_id, body = await self._sealed(row, record)
            changed = await self._work.connection.execute(
                update(editors).where(editors.c.id == row, editors.c.key_id == old).values(key_id=key_id, body=body)
            )
            if changed.rowcount != 1:
                raise Conflict("Somebody else changed the roster in the same moment.")
            await self._work.keys.shred(self._work.connection, [KeyId(old)])
        return bool(mine)

    async def remove(self, editor: EditorId) -> bool:
        """Out of the roster: name, accounts and second factor shredded; what they approved stays. False when they were
        not in it.
        """
        mine = [self._hash(one.account) for one in await self.person(editor)]
        theirs = (editors.c.id == editor) | editors.c.account.in_(mine)
        found = delete(editors).where(theirs).returning(editors.c.id, editors.c.key_id)
        rows = (await self._work.connection.execute(found)).all()
        await self._work.keys.shred(self._work.connection, [KeyId(row.key_id) for row in rows])
        self._work.gone.extend(row.id for row in rows)  # their keys may have changed since a back-up
        await SecondFactors(self._work).drop(editor)
        return bool(rows)

    async def _readable(self, row: Row[Any]) -> Editor | None:
        try:
            body: _Body = await open_record(self._work, row.key_id, _BODY, row.id, 0, row.body, _Body)
        except VaultError as error:
            log.error("an editor who can't be read counts as none: %s", type(error).__name__)
            return None
        return Editor(
            id=body.person or EditorId(row.id), name=body.name, account=body.account, role=body.role, wish=body.wish
        )

    async def _sealed(self, row: bytes, record: _Body) -> tuple[KeyId, bytes]:
        key_id, _ = await self._work.keys.new(self._work.connection)
        return key_id, await seal_record(self._work, key_id, _BODY, row, 0, record)

    def _hash(self, account: Account) -> AccountHash:
        return AccountHash(self._work.names.account(Purpose.EDITOR, account.platform, account.person.reveal()))
