"""Readers who asked for the stories: a random id, a language, and a sealed address."""

from __future__ import annotations

import msgspec
from sqlalchemy import and_, delete, func, insert, select, update

from storage.address import Account, Address
from storage.ids import AccountHash, KeyId, SubscriberId, new_id
from storage.sealed import open_record, seal_record
from storage.tables import broadcasts, subscribers
from storage.vault import Column, Purpose
from storage.work import Work

_BODY = Column("subscribers", "body")


class Subscriber(msgspec.Struct, frozen=True, kw_only=True):
    id: SubscriberId
    language: str
    chat: Address


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

    async def page(self, language: str, before: int, after: SubscriberId | None, most: int) -> list[Subscriber]:
        """Readers of a language who joined before the broadcast `before`, by id, beginning behind `after`."""
        rows = await self._work.connection.execute(
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
        found = []
        for row in rows.all():
            body: _Body = await open_record(self._work, row.key_id, _BODY, row.id, 0, row.body, _Body)
            found.append(Subscriber(id=SubscriberId(row.id), language=row.language, chat=body.chat))
        return found

    async def count(self, language: str) -> int:
        number = select(func.count()).where(subscribers.c.language == language)
        return int((await self._work.connection.execute(number)).scalar_one())

    def _hash(self, account: Account) -> AccountHash:
        return AccountHash(self._work.names.account(Purpose.SUBSCRIBER, account.platform, account.person.reveal()))
