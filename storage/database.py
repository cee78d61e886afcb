"""Engines, their settings, and transactions: SQLite for one machine, PostgreSQL for several, the same code on both.

SQLite has one writer. Whoever writes waits in a line in which a person's turn goes before groups of book-keeping rows.
"""

from __future__ import annotations

import asyncio
import heapq
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from enum import IntEnum
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.errors import Conflict, DatabaseBusy, DiskFull, StorageError
from storage.sqlite_driver import LoopConnection
from storage.tables import metadata

BUSY_SECONDS = 10
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL may lose a confirmed story when the power fails
    "secure_delete=ON",  # else deleted text stays in the file
    "temp_store=MEMORY",
    "foreign_keys=ON",
    "trusted_schema=OFF",
)


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
    """One database: `write()` and `read()` are the only ways in."""

    def __init__(self, url: str | URL) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._writer = _sqlite_engine(self.url, "BEGIN IMMEDIATE", size=1)
            self._reader = _sqlite_engine(self.url, "BEGIN", size=4)
        else:
            self._writer = self._reader = create_async_engine(
                self.url, hide_parameters=True, pool_size=12, max_overflow=0, pool_pre_ping=True
            )
        self._line = _Line()

    @property
    def engine(self) -> AsyncEngine:
        """For migrations and back-ups; everything else goes through `write` and `read`."""
        return self._writer

    @asynccontextmanager
    async def write(self, urgency: Urgency = Urgency.TURN) -> AsyncIterator[AsyncConnection]:
        """One transaction, committed at the end, rolled back by any exception."""
        if not self.is_sqlite:
            with plain_errors():
                async with self._writer.begin() as connection:
                    yield connection
            return
        async with self._line.turn(urgency):
            with plain_errors():
                async with self._writer.begin() as connection:
                    yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        with plain_errors():
            async with self._reader.connect() as connection:
                yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """For a back-up: however long it takes, every row is of one moment."""
        with plain_errors():
            async with self._reader.connect() as connection:
                if not self.is_sqlite:  # a SQLite reader has its snapshot anyway
                    await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
                yield connection

    async def empty_journal(self) -> bool:
        """SQLite: writes its log into the file and cuts it to nothing. False when a reader was in the way."""
        async with self._line.turn(Urgency.BOOKS):
            with plain_errors():
                async with self._writer.connect() as connection:
                    driver = (await connection.get_raw_connection()).driver_connection
                    return isinstance(driver, LoopConnection) and await driver.empty_journal()

    async def close(self) -> None:
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()


def sqlite_url(folder: Path) -> URL:
    return URL.create("sqlite+aiosqlite", database=str(folder / "tamizdat.sqlite"))


def _sqlite_engine(url: URL, begin: str, *, size: int) -> AsyncEngine:
    path = url.database or ""
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=size,
        max_overflow=0,
        async_creator=lambda: LoopConnection.open(path, busy_seconds=BUSY_SECONDS, pragmas=_PRAGMAS),
    )

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
