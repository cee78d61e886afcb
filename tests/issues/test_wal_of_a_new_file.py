"""Turning a new file to WAL takes a lock that no busy time-out waits for: of several connections that opened the same
new file at once, some were told "database is locked" at once (seen with two `migrate` on a busy machine).
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from storage.database import Database, sqlite_url

AT_ONCE = 6
FILES = 10


async def test_all_connections_to_a_new_file_open(tmp_path: Path) -> None:
    for number in range(FILES):
        folder = tmp_path / str(number)
        folder.mkdir()
        databases = [Database(sqlite_url(folder)) for _ in range(AT_ONCE)]
        await asyncio.gather(*(_write(database) for database in databases))
        await asyncio.gather(*(database.close() for database in databases))


async def _write(database: Database) -> None:
    async with database.write() as connection:
        await connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS one (id INTEGER)")
