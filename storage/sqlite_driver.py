"""SQLite for an event loop, without a thread hop for each call.

aiosqlite hands every cursor, execute, fetch and close to a thread: four hops a statement, which cost twenty times as
much as the statement. In WAL mode a statement waits for nobody, so it runs here, in the loop, in some 20 µs; what may
wait does not block the loop: COMMIT (the disk) runs in a thread, BEGIN IMMEDIATE (another program that writes) is
tried again and again. SQLAlchemy takes these objects from `async_creator` in the place of aiosqlite's.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

_PAUSE = 0.003
"""seconds between two tries to become the writer"""


class LoopCursor:
    """What SQLAlchemy's adapter asks of an asynchronous cursor."""

    def __init__(self, connection: LoopConnection, cursor: sqlite3.Cursor) -> None:
        self._connection = connection
        self._cursor = cursor
        self.description = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = cursor.arraysize

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._cursor.close()

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        if statement.startswith("BEGIN"):
            await self._connection.begin(self._cursor, statement)
        else:
            self._cursor.execute(statement, parameters)
        return self._noted()

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> Self:
        self._cursor.executemany(statement, parameters)
        return self._noted()

    async def fetchone(self) -> Any:
        return self._cursor.fetchone()

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        return self._cursor.fetchmany(size or self.arraysize)

    async def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()

    async def close(self) -> None:
        self._cursor.close()

    async def __aiter__(self) -> AsyncIterator[Any]:
        for row in self._cursor:
            yield row

    def _noted(self) -> Self:
        self.description = self._cursor.description  # type: ignore[assignment]
        self.rowcount = self._cursor.rowcount
        self.lastrowid = self._cursor.lastrowid
        return self


class LoopConnection:
    """One connection, used by one task at a time (SQLAlchemy's pool sees to that)."""

    def __init__(self, path: str, *, busy_seconds: float, pragmas: Sequence[str]) -> None:
        # The name under which SQLAlchemy's adapter looks whether the connection is open.
        self._connection: sqlite3.Connection | None = sqlite3.connect(
            path, timeout=busy_seconds, isolation_level=None, check_same_thread=False, cached_statements=512
        )
        try:
            for pragma in pragmas:
                _set(self._connection, pragma, busy_seconds)
        except BaseException:
            self._connection.close()
            raise
        # From now on nothing waits in here: `begin` does it, without holding the loop up.
        self._connection.execute("PRAGMA busy_timeout=0").close()
        self._busy_seconds = busy_seconds
        self._changes_before = 0
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="sqlite-commit")

    @classmethod
    async def open(cls, path: str, *, busy_seconds: float, pragmas: Sequence[str]) -> LoopConnection:
        return await asyncio.to_thread(cls, path, busy_seconds=busy_seconds, pragmas=pragmas)

    def cursor(self) -> LoopCursor:
        return LoopCursor(self, self._open_connection.cursor())

    async def begin(self, cursor: sqlite3.Cursor, statement: str) -> None:
        deadline = time.monotonic() + self._busy_seconds
        while True:
            try:
                cursor.execute(statement)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                await asyncio.sleep(_PAUSE)
            else:
                self._changes_before = self._open_connection.total_changes
                return

    async def commit(self) -> None:
        connection = self._open_connection
        if connection.total_changes != self._changes_before:
            await self.in_thread(connection.commit)
        else:  # nothing for the disk
            connection.commit()

    async def rollback(self) -> None:
        self._open_connection.rollback()

    async def empty_journal(self) -> bool:
        """wal_checkpoint(TRUNCATE), whose result is in its row: False when a reader or writer was in the way."""
        row = await self.in_thread(lambda: self._open_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone())
        return not row[0]

    async def create_function(self, *args: Any, **kwargs: Any) -> None:
        self._open_connection.create_function(*args, **kwargs)

    async def close(self) -> None:
        self.stop()

    def stop(self) -> None:
        if self._connection is not None:
            self._disk.shutdown()
            self._connection.close()
            self._connection = None

    async def in_thread(self, work: Callable[[], Any]) -> Any:
        running = asyncio.get_running_loop().run_in_executor(self._disk, work)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            # The thread can't be stopped: whoever cleans up behind us must find it done.
            await asyncio.wait([running])
            raise

    @property
    def _open_connection(self) -> sqlite3.Connection:
        if self._connection is None:
            raise sqlite3.ProgrammingError("connection closed")
        return self._connection


def _set(connection: sqlite3.Connection, pragma: str, busy_seconds: float) -> None:
    """In the thread that opens. Two that first turn a new file to WAL meet at a lock that knows no busy time-out."""
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
        else:
            return
