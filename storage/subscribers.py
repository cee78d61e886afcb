"""Readers who asked for the stories: a random id, a language, and a sealed address."""

from __future__ import annotations

import logging

import msgspec
from sqlalchemy import and_, delete, func, insert, select, update

from storage.address import Account, Address
from storage.errors import VaultError
from storage.ids import AccountHash, KeyId, SubscriberId, new_id
from storage.sealed import open_record, seal_record
from storage.tables import broadcasts, subscribers
from storage.vault import Column, Purpose
from storage.work import Work

_BODY = Column("subscribers", "body")

log = logging.getLogger(__name__)


class Subscriber(msgspec.Struct, frozen=True, kw_only=True):
    id: SubscriberId
    language: str
    chat: Address


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Some readers of a language, in the order of their ids."""

    readers: tuple[Subscriber, ...]
    last: SubscriberId | None
    """of the last row, also when it does not open; None when nobody is left"""


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    chat: Address


class Subscribers:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def language_of(self, account: Account) -> str | None:
        """None when this account has not subscribed."""
        found = select(subscribers.c.language).where(subscribers.c.account == self._hash(account))
        return (await self._work.connection.execute(found)).scalar()

    async def join(self, account: Account, chat: Address, language: str) -> None:
        """Joining again changes the language."""
        name = self._hash(account)
        changed = await self._work.connection.execute(
            update(subscribers).where(subscribers.c.account == name).values(language=language)
        )
        if changed.rowcount:
            return
        row = SubscriberId(new_id())
        key_id, _ = await self._work.keys.new(self._work.connection)
        body = await seal_record(self._work, key_id, _BODY, row, 0, _Body(chat=chat))
        begun = (await self._work.connection.execute(select(func.count()).select_from(broadcasts))).scalar_one()
        await self._work.connection.execute(
            insert(subscribers).values(
                id=row, account=name, language=language, generation=begun, key_id=key_id, body=body
            )
        )

    async def leave(self, account: Account) -> bool:
        """Everything about the subscription is gone. False when there was none."""
        gone = await self._work.connection.execute(
            delete(subscribers).where(subscribers.c.account == self._hash(account)).returning(subscribers.c.key_id)
        )
        keys = [KeyId(key) for key in gone.scalars()]
        await self._work.keys.shred(self._work.connection, keys)
        return bool(keys)

    async def page(self, language: str, before: int, after: SubscriberId | None, most: int) -> Page:
        """Readers of a language who joined before the broadcast `before`, by id, beginning behind `after`.

        A row that does not open is left out, but passed: it must not stop everybody else's story.
        """
        found = await self._work.connection.execute(
            select(subscribers)
            .where(
                and_(
                    subscribers.c.language == language,
                    subscribers.c.generation <= before,
                    subscribers.c.id > (after or b""),
                )
            )
            .order_by(subscribers.c.id)
            .limit(most)
        )
        rows = found.all()
        readers = []
        for row in rows:
            try:
                body: _Body = await open_record(self._work, row.key_id, _BODY, row.id, 0, row.body, _Body)
            except VaultError as error:
                log.error("a reader who can't be read gets nothing: %s", type(error).__name__)
                continue
            readers.append(Subscriber(id=SubscriberId(row.id), language=row.language, chat=body.chat))
        return Page(readers=tuple(readers), last=SubscriberId(rows[-1].id) if rows else None)

    async def count(self, language: str) -> int:
        number = select(func.count()).where(subscribers.c.language == language)
        return int((await self._work.connection.execute(number)).scalar_one())

    def _hash(self, account: Account) -> AccountHash:
        return AccountHash(self._work.names.account(Purpose.SUBSCRIBER, account.platform, account.person.reveal()))
