"""Readers who asked for the stories: a random id and a language; sealed: the address, the topics, a pause."""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from sqlalchemy import Row, delete, func, insert, select, update

from storage.address import Account, Address
from storage.errors import VaultError
from storage.generations import present_generation
from storage.ids import AccountHash, KeyId, SubscriberId, new_id
from storage.sealed import open_record, seal_record
from storage.tables import subscribers
from storage.vault import Column, Purpose
from storage.weeks import LEFT, Weeks
from storage.work import Work

_BODY = Column("subscribers", "body")

log = logging.getLogger(__name__)


UNTIL_RETURN = 2**62
"""`paused_until` of those who want nothing until they come back: a second that no clock reaches."""


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """Which stories of their language a reader wants, and when."""

    topics: tuple[str, ...] | None = None
    """None: all, also those that are added later"""
    paused_until: int = 0
    """the second from which stories come again"""

    def wants(self, topic: str, now: int) -> bool:
        return now >= self.paused_until and (self.topics is None or topic in self.topics)


class Subscriber(msgspec.Struct, frozen=True, kw_only=True):
    id: SubscriberId
    language: str
    chat: Address
    wishes: Wishes
    generation: int
    """of those who have joined, or changed their language, since one broadcast and before the next"""
    key_id: KeyId
    """of the row"""

    def wants(self, topic: str, now: int) -> bool:
        """Whether a story of this topic, in this reader's language, is to be sent to them now."""
        return self.wishes.wants(topic, now)


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    chat: Address
    wishes: Wishes = Wishes()


class Subscribers:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def language_of(self, account: Account) -> str | None:
        """None when this account has not subscribed."""
        found = select(subscribers.c.language).where(subscribers.c.account == self._hash(account))
        return (await self._work.connection.execute(found)).scalar()

    async def find(self, account: Account) -> Subscriber | None:
        """None when this account has not subscribed, or its row does not open: joining again mends that."""
        row = await self._row(account)
        try:
            return None if row is None else await self.opened(row)
        except VaultError as error:
            log.error("a reader who can't be read counts as none: %s", type(error).__name__)
            return None

    async def join(self, account: Account, chat: Address, language: str, wishes: Wishes | None = None) -> None:
        """Joining again changes the language; also what is wished, when that is said anew."""
        if await self.find(account) is not None:
            await self._change_language(account, language)
            if wishes is not None:
                await self.wish(account, wishes)
            return
        await self.leave(account)
        row = SubscriberId(new_id())
        key_id, _ = await self._work.keys.new(self._work.connection)
        body = await seal_record(self._work, key_id, _BODY, row, 0, _Body(chat=chat, wishes=wishes or Wishes()))
        generation = await present_generation(self._work)
        await self._work.connection.execute(
            insert(subscribers).values(
                id=row, account=self._hash(account), language=language, generation=generation, key_id=key_id, body=body
            )
        )

    async def wish(self, account: Account, wishes: Wishes) -> None:
        """Does nothing for an account that has not subscribed."""
        row, reader = await self._row(account), await self.find(account)
        if row is None or reader is None:
            return
        body = await seal_record(self._work, row.key_id, _BODY, row.id, 0, _Body(chat=reader.chat, wishes=wishes))
        await self._work.connection.execute(update(subscribers).where(subscribers.c.id == row.id).values(body=body))

    async def leave(self, account: Account) -> bool:
        """Everything about the subscription is gone. False when there was none."""
        gone = await self._work.connection.execute(
            delete(subscribers).where(subscribers.c.account == self._hash(account)).returning(subscribers.c.key_id)
        )
        keys = [KeyId(key) for key in gone.scalars()]
        await self._work.shred(keys)
        if keys:
            await Weeks(self._work).one_more(LEFT)
        return bool(keys)

    async def count(self, language: str) -> int:
        number = select(func.count()).where(subscribers.c.language == language)
        return int((await self._work.connection.execute(number)).scalar_one())

    async def _change_language(self, account: Account, language: str) -> None:
        """To a broadcast that is under way in that language it is as if they had come just now."""
        generation = await present_generation(self._work)
        await self._work.connection.execute(
            update(subscribers)
            .where(subscribers.c.account == self._hash(account), subscribers.c.language != language)
            .values(language=language, generation=generation)
        )

    async def _row(self, account: Account) -> Row[Any] | None:
        found = select(subscribers).where(subscribers.c.account == self._hash(account)).with_for_update()
        return (await self._work.connection.execute(found)).one_or_none()

    async def opened(self, row: Row[Any]) -> Subscriber:
        """Raises VaultError."""
        body: _Body = await open_record(self._work, row.key_id, _BODY, row.id, 0, row.body, _Body)
        return Subscriber(
            id=SubscriberId(row.id),
            language=row.language,
            chat=body.chat,
            wishes=body.wishes,
            generation=row.generation,
            key_id=KeyId(row.key_id),
        )

    def _hash(self, account: Account) -> AccountHash:
        return AccountHash(self._work.names.account(Purpose.SUBSCRIBER, account.platform, account.person.reveal()))
