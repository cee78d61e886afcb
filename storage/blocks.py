"""From which accounts nothing new is taken for some days: a keyed hash of its own, and the day on which it ends.

The row names no story and no editor, and nothing else of an account is found by this hash: who holds the files learns
how many accounts are blocked, and until when.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, func, select

from storage.address import Account
from storage.ids import AccountHash
from storage.tables import blocks
from storage.vault import Purpose
from storage.work import Work


class Blocks:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def put(self, account: Account, until: date) -> None:
        """Nothing is taken from it before that day. A longer block stays."""
        before = await self.until(account)
        if before is None or before < until:
            values = {"account": self._hash(account), "until": until}
            await self._work.connection.execute(self._work.upsert(blocks), values)

    async def until(self, account: Account) -> date | None:
        """The day from which its stories are taken again; None: they are."""
        found = select(blocks.c.until).where(blocks.c.account == self._hash(account))
        until: date | None = (await self._work.connection.execute(found)).scalar()
        return until if until is not None and until > self._work.today else None

    async def count(self) -> int:
        """Of the blocks in force."""
        number = select(func.count()).where(blocks.c.until > self._work.today)
        return int((await self._work.connection.execute(number)).scalar_one())

    async def expire(self) -> None:
        await self._work.connection.execute(delete(blocks).where(blocks.c.until <= self._work.today))

    def _hash(self, account: Account) -> AccountHash:
        return AccountHash(self._work.names.account(Purpose.BLOCK, account.platform, account.person.reveal()))
