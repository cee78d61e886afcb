"""SQLite for an event loop: SQLAlchemy's plain connection, without a thread or a greenlet for each statement.

In WAL mode a statement waits for nobody, so it runs here, in the loop. aiosqlite hands each one to a thread, and
SQLAlchemy's asyncio layer adds a greenlet and an adapter: together twenty times the cost of the statement itself. What
may wait does not hold the loop up: COMMIT (the disk) runs in a thread, BEGIN IMMEDIATE (another program that writes) is
tried again and again. Reads that take long go through aiosqlite (`Database.snapshot`).
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Dialect, Engine, Executable, create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from storage.connection import Parameters

T = TypeVar("T")

BUSY_SECONDS = 10
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL may lose a confirmed story when the power fails
    "secure_delete=ON",  # else deleted text stays in the file
    "temp_store=MEMORY",
    "foreign_keys=ON",
    "trusted_schema=OFF",
)
_STATEMENTS = 1024
"""more than there are different ones"""
_PAUSE = 0.003
"""seconds between two tries to become the writer"""
_PLACE: ContextVar[tuple[str, float]] = ContextVar("place")
"""what the connection that is being opened is to: the file, and for how many seconds another program is waited for"""


class _Cursor(sqlite3.Cursor):
    """Reads all rows at once: what is written meanwhile changes nothing, and no open statement holds the log up."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._rows: deque[Any] = deque()

    def execute(self, statement: str, parameters: Any = ()) -> _Cursor:
        super().execute(statement, parameters)
        self._rows = deque(super().fetchall() if self.description else ())
        return self

    def fetchone(self) -> Any:
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        rows, self._rows = list(self._rows), deque()
        return rows


class _Connection(sqlite3.Connection):
    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)


def connect(path: str, busy_seconds: float, pragmas: Iterable[str] = PRAGMAS) -> sqlite3.Connection:
    """In a thread: it waits for others that open the same new file."""
    opened = sqlite3.connect(
        path,
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=_STATEMENTS,
        factory=_Connection,
    )
    try:
        for pragma in pragmas:
            _set(opened, pragma, busy_seconds)
    except BaseException:
        opened.close()
        raise
    # From now on nothing waits in here: `LoopConnection.begin` does it, without holding the loop up.
    opened.execute("PRAGMA busy_timeout=0").close()
    return opened


@cache
def _engine() -> Engine:
    """One for all: what it has compiled of our statements serves the writer, the readers, and every other database."""
    return create_engine(
        "sqlite://",
        creator=lambda: connect(*_PLACE.get()),
        poolclass=NullPool,
        hide_parameters=True,
        query_cache_size=_STATEMENTS,
    )


class LoopConnection:
    """One connection, used by one task at a time. It opens with its first statement or `begin`."""

    def __init__(self, plain: Connection, busy_seconds: float) -> None:
        self._plain = plain
        self._busy_seconds = busy_seconds
        self._changes_before = 0
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="sqlite-commit")

    @property
    def dialect(self) -> Dialect:
        return self._plain.dialect

    async def execute(self, statement: Executable, parameters: Parameters = None, /) -> CursorResult[*tuple[Any, ...]]:
        return self._plain.execute(statement, parameters)

    async def run_sync(self, work: Callable[[Connection], T], /) -> T:
        return work(self._plain)

    async def begin(self, statement: str) -> None:
        deadline = time.monotonic() + self._busy_seconds
        while True:
            try:
                self._plain.exec_driver_sql(statement)
            except OperationalError as error:
                if not _is_busy(error.orig) or time.monotonic() > deadline:
                    raise
                await asyncio.sleep(_PAUSE)
            else:
                self._changes_before = self._driver.total_changes
                return

    async def commit(self) -> None:
        if self._driver.total_changes != self._changes_before:
            await self.in_thread(self._plain.commit)
        else:  # nothing for the disk
            self._plain.commit()

    def rollback(self) -> None:
        self._plain.rollback()

    async def empty_journal(self) -> bool:
        """wal_checkpoint(TRUNCATE), whose result is in its row: False when a reader or writer was in the way."""
        row = await self.in_thread(lambda: self._driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone())
        return not row[0]

    async def rewrite(self) -> None:
        """VACUUM. Its copy goes to a file, sealed as it is: in memory it would be as large as the database."""

        def work() -> None:
            self._driver.execute("PRAGMA temp_store=FILE").close()
            try:
                self._driver.execute("VACUUM").close()
            finally:
                self._driver.execute("PRAGMA temp_store=MEMORY").close()

        await self.in_thread(work)

    def close(self) -> None:
        self._disk.shutdown()
        self._plain.close()

    async def in_thread(self, work: Callable[[], T]) -> T:
        running = asyncio.get_running_loop().run_in_executor(self._disk, work)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            # The thread can't be stopped: whoever cleans up behind us must find it done.
            await asyncio.wait([running])
            raise

    @property
    def _driver(self) -> sqlite3.Connection:
        driver = self._plain.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - `connect` made it
        return driver


class LoopPool:
    """At most so many connections, opened when they are first needed and kept."""

    def __init__(self, path: str, begin: str, *, size: int, busy_seconds: float) -> None:
        self._path = path
        self._begin = begin
        self._busy_seconds = busy_seconds
        self._places = asyncio.Semaphore(size)
        self._free: list[LoopConnection] = []

    @asynccontextmanager
    async def borrow(self) -> AsyncIterator[LoopConnection]:
        """Outside of a transaction; one that went wrong on the way is not used again."""
        async with self._places:
            lent = self._free.pop() if self._free else await self._open()
            try:
                yield lent
            finally:
                try:
                    lent.rollback()
                except BaseException:
                    lent.close()
                    raise
                self._free.append(lent)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[LoopConnection]:
        """Committed at the end, rolled back by any exception."""
        async with self.borrow() as lent:
            await lent.begin(self._begin)
            yield lent
            await lent.commit()

    async def _open(self) -> LoopConnection:
        _PLACE.set((self._path, self._busy_seconds))
        opening = asyncio.ensure_future(asyncio.to_thread(_engine().connect))
        try:
            return LoopConnection(await asyncio.shield(opening), self._busy_seconds)
        except asyncio.CancelledError:
            await asyncio.wait([opening])
            if opening.exception() is None:
                opening.result().close()
            raise

    def close(self) -> None:
        while self._free:
            self._free.pop().close()


def _is_busy(error: BaseException | None) -> bool:
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def _set(connection: sqlite3.Connection, pragma: str, busy_seconds: float) -> None:
    """Two that first turn a new file to WAL meet at a lock that knows no busy time-out."""
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}").close()
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
        else:
            return
