"""PostgreSQL's connections and transactions.

Connections are kept. One that lay idle may be dead without our knowing, so it is asked whether it still answers before
it is used again. That takes as long as a small transaction: what was used a moment ago is not asked, and the one that
was used last is used next.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from time import monotonic
from typing import TYPE_CHECKING

from sqlalchemy import event, text
from sqlalchemy.engine import URL, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from storage.connection import Connection
from storage.engines import async_engine
from storage.errors import DatabaseBusy
from storage.line import Urgency
from storage.tables import inbox, metadata, outbox

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

NO_ANSWER = "PostgreSQL does not answer: is it running, is its address in the config right?"
_CONNECTIONS = 12
_IDLE_SECONDS = 1.0
_IN_ORDER_OF_TIME = (inbox, outbox)
"""The queues, whose order is their purpose."""
_LOCK_SECONDS = 3.0


class Postgres:
    def __init__(self, url: URL) -> None:
        self._engine = async_engine(url, pool_size=_CONNECTIONS, max_overflow=0, pool_use_lifo=True)
        _ask_what_lay_idle(self._engine.sync_engine)

    @asynccontextmanager
    async def write(self, urgency: Urgency) -> AsyncIterator[Connection]:
        async with self.read() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        async with AsyncExitStack() as stack:
            try:
                connection = await stack.enter_async_context(self._engine.connect())
            except (OSError, PoolTimeout):  # the driver leaves these as they are
                raise DatabaseBusy(NO_ANSWER) from None
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        async with self.read() as connection:
            await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection

    async def empty_journal(self) -> bool:
        return False

    async def rewrite(self) -> None:
        """A table at a time, which nobody can read meanwhile; who is in the middle of something is not waited for."""
        for table in metadata.sorted_tables:
            if table not in _IN_ORDER_OF_TIME:
                async with self.write(Urgency.BOOKS) as connection:
                    await connection.execute(text(f"SET LOCAL lock_timeout = {round(1000 * _LOCK_SECONDS)}"))
                    await connection.execute(text(f'CLUSTER "{table.name}" USING "{table.primary_key.name}"'))

    async def close(self) -> None:
        await self._engine.dispose()


def _ask_what_lay_idle(engine: Engine) -> None:
    @event.listens_for(engine, "checkin")
    def _put_back(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info["idle since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def _taken(connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: object) -> None:
        if monotonic() - entry.info.get("idle since", monotonic()) < _IDLE_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            raise InvalidatePoolError from None  # SQLAlchemy opens another, and lets none of the older ones be used
