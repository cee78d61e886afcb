"""Who asked not to be added again when a list of readers is imported: a hash of the account, for this purpose alone.

Nothing else is kept of them, not even a day. It stays until they take it back, or want everything to be deleted.
"""

from __future__ import annotations

from sqlalchemy import delete, select

from storage.address import Account
from storage.ids import AccountHash
from storage.tables import suppressions
from storage.vault import Purpose
from storage.work import Work


class Suppressions:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def has(self, account: Account) -> bool:
        found = select(suppressions.c.account).where(suppressions.c.account == self._hash(account))
        return (await self._work.connection.execute(found)).scalar() is not None

    async def add(self, account: Account) -> None:
        row = {"account": self._hash(account)}
        await self._work.connection.execute(self._work.insert_new(suppressions), row)

    async def lift(self, account: Account) -> None:
        """Does nothing for an account that has not asked. A back-up from before does not bring it back."""
        mine = delete(suppressions).where(suppressions.c.account == self._hash(account))
        gone = await self._work.connection.execute(mine.returning(suppressions.c.account))
        self._work.gone.extend(gone.scalars())

    def _hash(self, account: Account) -> AccountHash:
        return AccountHash(self._work.names.account(Purpose.SUPPRESSION, account.platform, account.person.reveal()))
