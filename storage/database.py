"""Engines, their settings, and transactions: SQLite for one machine, PostgreSQL for several, the same code on both.

SQLite has one writer. Whoever writes waits in a line in which a person's turn goes before groups of book-keeping rows.
"""

from __future__ import annotations

import asyncio
import heapq
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from enum import IntEnum
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import NullPool

from storage.connection import Connection
from storage.errors import Conflict, DatabaseBusy, DiskFull, StorageError
from storage.sqlite_driver import BUSY_SECONDS, PRAGMAS, LoopPool
from storage.tables import inbox, metadata, outbox

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_IN_ORDER_OF_TIME = (inbox, outbox)
"""The queues, whose order is their purpose."""
_LOCK_SECONDS = 3.0
_NO_ANSWER = "PostgreSQL does not answer: is it running, is its address in the config right?"


class Urgency(IntEnum):
    """Who goes first when SQLite's one writer is wanted by several."""

    TURN = 0
    BOOKS = 1


class _Line:
    """A lock whose waiters are let in by urgency, then by order of coming."""

    def __init__(self) -> None:
        self._held = False
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._count = count()

    @asynccontextmanager
    async def turn(self, urgency: Urgency) -> AsyncIterator[None]:
        if self._held:
            place = asyncio.get_running_loop().create_future()
            heapq.heappush(self._waiting, (urgency, next(self._count), place))
            try:
                await place
            except asyncio.CancelledError:
                if place.done() and not place.cancelled():
                    self._pass_on()
                raise
        self._held = True
        try:
            yield
        finally:
            self._pass_on()

    def _pass_on(self) -> None:
        while self._waiting:
            _, _, place = heapq.heappop(self._waiting)
            if not place.done():
                place.set_result(None)  # the lock stays held: it goes straight to the next
                return
        self._held = False


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turns a driver's complaint into ours, which say what to do.

    None is passed on as it is: asyncpg quotes values ("invalid input for query argument $1: …"), and values are ids.
    """
    try:
        yield
    except IntegrityError:
        raise Conflict("Somebody else made the same row in the same moment.") from None
    except StatementError as error:
        text = str(error.orig).lower()
        if any(word in text for word in ("locked", "busy", "lock timeout", "deadlock")):
            raise DatabaseBusy(f"The database was locked for {BUSY_SECONDS} s; which other program holds it?") from None
        if "disk is full" in text or "no space left" in text or "disk i/o error" in text or "disk full" in text:
            raise DiskFull("The disk that holds the database is full: free some room; nothing was lost.") from None
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise DatabaseBusy("The database is gone or was restarted: is it running?") from None
        raise StorageError(
            f"The database refused a statement on {_tables_of(error.statement)}: {_kind(error)}."
        ) from None


def _plain(error: sqlite3.OperationalError) -> StorageError:
    if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
        return DiskFull("There is no room on the disk to write the database anew: free some; nothing was lost.")
    return DatabaseBusy("The database could not be written anew: which other program holds it?")


def _tables_of(statement: str | None) -> str:
    """Its names and nothing else: what stands between them may be a value."""
    words = set(re.findall(r"\w+", statement or ""))
    return ", ".join(name for name in metadata.tables if name in words) or "no table of ours"


def _kind(error: StatementError) -> str:
    """SQLSTATE on PostgreSQL, the error's name on SQLite, else the exception's class."""
    for name in ("sqlstate", "sqlite_errorname"):
        if value := getattr(error.orig, name, None):
            return str(value)
    return type(error.orig).__name__


class Database:
    """One database: `write()`, `read()` and `snapshot()` are the only ways to its rows."""

    def __init__(self, url: str | URL) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._on: _Sqlite | _Postgres = _Sqlite(self.url) if self.is_sqlite else _Postgres(self.url)

    @asynccontextmanager
    async def write(self, urgency: Urgency = Urgency.TURN) -> AsyncIterator[Connection]:
        """One transaction, committed at the end, rolled back by any exception."""
        with plain_errors():
            async with self._on.write(urgency) as connection:
                yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        with plain_errors():
            async with self._on.read() as connection:
                yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """For a back-up: however long it takes, every row is of one moment, and nobody waits for it."""
        with plain_errors():
            async with self._on.snapshot() as connection:
                yield connection

    async def connect(self) -> AsyncConnection:
        """One of the caller's own, open until it is closed; each statement in it is a transaction of its own."""
        engine = _async_engine(self.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        try:
            with plain_errors():
                return await engine.connect()
        except OSError:
            raise DatabaseBusy(_NO_ANSWER) from None

    async def empty_journal(self) -> bool:
        """SQLite: writes its log into the file and cuts it to nothing. False when a reader was in the way."""
        with plain_errors():
            return await self._on.empty_journal()

    async def rewrite(self) -> bool:
        """Writes every row anew, in the order of the keys. False when that failed, as when somebody was in the way."""
        try:
            with plain_errors():
                await self._on.rewrite()
        except StorageError:
            return False
        return True

    async def close(self) -> None:
        await self._on.close()


class _Postgres:
    def __init__(self, url: URL) -> None:
        self._engine = _async_engine(url, pool_size=12, max_overflow=0, pool_pre_ping=True)

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
                raise DatabaseBusy(_NO_ANSWER) from None
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


class _Sqlite:
    def __init__(self, url: URL) -> None:
        path = url.database or ""
        self._line = _Line()
        self._writer = LoopPool(path, "BEGIN IMMEDIATE", size=1, busy_seconds=BUSY_SECONDS)
        self._readers = LoopPool(path, "BEGIN", size=4, busy_seconds=BUSY_SECONDS)
        self._url = url

    @cached_property
    def _long_readers(self) -> AsyncEngine:
        engine = _async_engine(self._url, poolclass=NullPool)
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        return engine

    @asynccontextmanager
    async def write(self, urgency: Urgency) -> AsyncIterator[Connection]:
        async with self._line.turn(urgency), self._writer.transaction() as connection:
            yield connection

    def read(self) -> AbstractAsyncContextManager[Connection]:
        return self._readers.transaction()

    def snapshot(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self._long_readers.connect()

    async def empty_journal(self) -> bool:
        async with self._line.turn(Urgency.BOOKS), self._writer.borrow() as connection:
            return await connection.empty_journal()

    async def rewrite(self) -> None:
        async with self._line.turn(Urgency.BOOKS), self._writer.borrow() as connection:
            try:
                await connection.rewrite()
            except sqlite3.OperationalError as error:  # past SQLAlchemy, so `plain_errors` does not know it
                raise _plain(error) from None

    async def close(self) -> None:
        self._writer.close()
        self._readers.close()


def _async_engine(url: URL, **how: Any) -> AsyncEngine:
    # Here, because it brings SQLAlchemy's ORM along: a tenth of a start on SQLite, which hardly ever needs it.
    from sqlalchemy.ext.asyncio import create_async_engine

    return create_async_engine(url, hide_parameters=True, **how)


def sqlite_url(folder: Path) -> URL:
    return URL.create("sqlite+aiosqlite", database=str(folder / "tamizdat.sqlite"))


def _prepare(driver: Any, _record: object) -> None:
    driver.isolation_level = None  # BEGIN is ours
    cursor = driver.cursor()
    for pragma in (*PRAGMAS, f"busy_timeout={BUSY_SECONDS * 1000}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
