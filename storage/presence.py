"""Who is at work on this database. Each service holds a lock there, which goes with its connection, and so with the
process, however that ends.

Who comes and finds nobody may take up at once whatever a killed one had leased. Where others are at work, leases run
out by themselves: nobody can tell whose they are. SQLite has one service, as its lock on the data folder sees to.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, func, literal, select

from storage.database import Database, plain_errors
from storage.errors import DatabaseBusy

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

_LOCK = literal(int.from_bytes(sha256(b"tamizdat/v1/presence").digest()[:8], signed=True))
"""An advisory lock: shared by all who are at work, whole for whoever is alone."""


class Presence:
    """Of this process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: AsyncConnection | None = None

    async def enter(self, begin: Callable[[bool], Awaitable[None]]) -> None:
        """`begin` is told whether nobody else is at work; who comes meanwhile waits until it is done."""
        if self._database.is_sqlite:
            await begin(True)
            return
        is_alone = await self._ask(func.pg_try_advisory_lock(_LOCK))
        await begin(is_alone)
        await self._ask(func.pg_advisory_lock_shared(_LOCK))
        if is_alone:
            await self._ask(func.pg_advisory_unlock(_LOCK))

    async def stay(self) -> None:
        """Every few seconds: a connection may have broken, as in a restart of PostgreSQL. Raises DatabaseBusy."""
        try:
            await self._ask(func.pg_backend_pid())
        except DatabaseBusy:
            await self.leave()
            await self._ask(func.pg_advisory_lock_shared(_LOCK))

    async def leave(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            await connection.close()

    async def _ask(self, what: ColumnElement[object]) -> bool:
        with plain_errors():
            if self._connection is None:
                self._connection = await self._database.connect()
            return bool((await self._connection.execute(select(what))).scalar())
