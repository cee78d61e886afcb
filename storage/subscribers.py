"""Readers who asked for the stories: a random id, a language, when a digest is due; sealed: the address, what they
wish, what waits for them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import Row, delete, func, insert, select, update

from storage.address import Account, Address
from storage.errors import VaultError
from storage.generations import present_generation
from storage.ids import AccountHash, KeyId, StoryId, SubscriberId, new_id
from storage.sealed import open_record, seal_record
from storage.subscriber import Subscriber, Wishes
from storage.tables import subscribers
from storage.vault import Column, Purpose
from storage.weeks import LEFT, Weeks
from storage.work import Work

_BODY = Column("subscribers", "body")

log = logging.getLogger(__name__)


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    chat: Address
    wishes: Wishes = Wishes()
    waiting: tuple[StoryId, ...] = ()


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
        generation = await present_generation(self._work)
        joined = Subscriber(id=row, language=language, chat=chat, wishes=Wishes(), generation=generation, key_id=key_id)
        reader = joined.wishing(wishes or Wishes(), self._work.now)
        await self._work.connection.execute(
            insert(subscribers).values(
                id=row,
                account=self._hash(account),
                language=language,
                generation=generation,
                digest_due=reader.digest_due,
                key_id=key_id,
                body=await self._sealed(reader),
            )
        )

    async def wish(self, account: Account, wishes: Wishes) -> None:
        """Does nothing for an account that has not subscribed."""
        reader = await self.find(account)
        if reader is not None:
            await self.change(reader.id, lambda found: found.wishing(wishes, self._work.now))

    async def change(self, reader: SubscriberId, change: Callable[[Subscriber], Subscriber]) -> None:
        """Of wishes, what waits, when it is due: in the row as it is now, held until the commit. Does nothing when they
        have left.
        """
        held = select(subscribers).where(subscribers.c.id == reader).with_for_update()
        row = (await self._work.connection.execute(held)).one_or_none()
        if row is None:
            return
        values: dict[str, object]
        try:
            before = await self.opened(row)
        except VaultError as error:
            log.error("a reader who can't be read gets no digest: %s", type(error).__name__)
            values = {"digest_due": None}
        else:
            after = change(before)
            values = {"digest_due": after.digest_due}
            if (after.wishes, after.waiting) != (before.wishes, before.waiting):
                values["body"] = await self._sealed(after)
        await self._work.connection.execute(update(subscribers).where(subscribers.c.id == reader).values(values))

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
            waiting=body.waiting,
            digest_due=row.digest_due,
            generation=row.generation,
            key_id=KeyId(row.key_id),
        )

    async def _sealed(self, reader: Subscriber) -> bytes:
        body = _Body(chat=reader.chat, wishes=reader.wishes, waiting=reader.waiting)
        return await seal_record(self._work, reader.key_id, _BODY, reader.id, 0, body)

    def _hash(self, account: Account) -> AccountHash:
        return AccountHash(self._work.names.account(Purpose.SUBSCRIBER, account.platform, account.person.reveal()))
