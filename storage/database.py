"""Transactions, on SQLite for one machine or on PostgreSQL for several, the same code on both; its errors are ours."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.pool import NullPool

from storage.connection import Connection
from storage.engines import async_engine
from storage.errors import Conflict, DatabaseBusy, DiskFull, StorageError
from storage.line import Line, Urgency
from storage.postgres import NO_ANSWER, Postgres
from storage.sqlite_driver import BUSY_SECONDS, PRAGMAS, LoopPool
from storage.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine


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
        self._on: _Sqlite | Postgres = _Sqlite(self.url) if self.is_sqlite else Postgres(self.url)

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
        engine = async_engine(self.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        try:
            with plain_errors():
                return await engine.connect()
        except OSError:
            raise DatabaseBusy(NO_ANSWER) from None

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


class _Sqlite:
    def __init__(self, url: URL) -> None:
        path = url.database or ""
        self._line = Line()
        self._writer = LoopPool(path, "BEGIN IMMEDIATE", size=1, busy_seconds=BUSY_SECONDS)
        self._readers = LoopPool(path, "BEGIN", size=4, busy_seconds=BUSY_SECONDS)
        self._url = url

    @cached_property
    def _long_readers(self) -> AsyncEngine:
        engine = async_engine(self._url, poolclass=NullPool)
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


def sqlite_url(folder: Path) -> URL:
    return URL.create("sqlite+aiosqlite", database=str(folder / "tamizdat.sqlite"))


def _prepare(driver: Any, _record: object) -> None:
    driver.isolation_level = None  # BEGIN is ours
    cursor = driver.cursor()
    for pragma in (*PRAGMAS, f"busy_timeout={BUSY_SECONDS * 1000}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
