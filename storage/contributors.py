"""Which stories an account has told: one sealed, padded list an account; the stories themselves name nobody."""

from __future__ import annotations

import logging
import secrets
from typing import Any

import msgspec
from sqlalchemy import Row, delete, insert, select, update

from storage.address import Account
from storage.errors import VaultError
from storage.ids import AccountHash, KeyId, StoryId
from storage.sealed import open_record, seal_record
from storage.tables import accounts
from storage.vault import Column, Purpose
from storage.work import Work

_BODY = Column("accounts", "body")

log = logging.getLogger(__name__)


def _revision() -> int:
    """Another one with each change, by lot: counted up, it would tell how many stories somebody has told."""
    return secrets.randbelow(1 << 31)


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    stories: tuple[StoryId, ...]


class Contributors:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def stories(self, account: Account) -> tuple[StoryId, ...]:
        """In the order in which they were told; () for an account that told none, or whose list does not open."""
        row = await self._row(self._hash(account))
        return () if row is None else await self._told(row) or ()

    async def add_story(self, account: Account, story: StoryId) -> None:
        name = self._hash(account)
        row = await self._row(name)
        told = await self._told(row) if row is not None else None
        if row is None or told is None:  # a list that does not open leads to nothing any more
            await self.forget(account)
            key_id, _ = await self._work.keys.new(self._work.connection)
            revision = _revision()
            body = await seal_record(self._work, key_id, _BODY, name, revision, _Told(stories=(story,)))
            await self._work.connection.execute(
                insert(accounts).values(account=name, revision=revision, key_id=key_id, body=body)
            )
            return
        await self._put(name, row, (*told, story))

    async def drop_story(self, account: Account, story: StoryId) -> None:
        name = self._hash(account)
        row = await self._row(name)
        told = await self._told(row) if row is not None else None
        if row is not None and told is not None:
            await self._put(name, row, tuple(other for other in told if other != story))

    async def forget(self, account: Account) -> None:
        """Shreds the list; the stories are shredded one by one by whoever calls this."""
        gone = await self._work.connection.execute(
            delete(accounts).where(accounts.c.account == self._hash(account)).returning(accounts.c.key_id)
        )
        await self._work.shred([KeyId(key) for key in gone.scalars()])

    async def _told(self, row: Row[Any]) -> tuple[StoryId, ...] | None:
        """None for a list that does not open: its owner must not be locked out by it."""
        try:
            record: _Told = await open_record(self._work, row.key_id, _BODY, row.account, row.revision, row.body, _Told)
        except VaultError as error:
            log.error("a contributor's list that can't be read counts as none: %s", type(error).__name__)
            return None
        return record.stories

    async def _put(self, name: AccountHash, row: Row[Any], told: tuple[StoryId, ...]) -> None:
        revision = _revision()
        body = await seal_record(self._work, KeyId(row.key_id), _BODY, name, revision, _Told(stories=told))
        await self._work.connection.execute(
            update(accounts).where(accounts.c.account == name).values(revision=revision, body=body)
        )

    def _hash(self, account: Account) -> AccountHash:
        return AccountHash(self._work.names.account(Purpose.CONTRIBUTOR, account.platform, account.person.reveal()))

    async def _row(self, name: AccountHash) -> Row[Any] | None:
        return (
            await self._work.connection.execute(select(accounts).where(accounts.c.account == name).with_for_update())
        ).one_or_none()
