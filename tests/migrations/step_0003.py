"""A new table; what is in the others stays as it was."""

from __future__ import annotations

from sqlalchemy import MetaData, func, select, text

from storage.connection import Connection
from tests.migrations import step_0001


async def fill(connection: Connection) -> None:
    await step_0001.fill(connection)


async def check(connection: Connection) -> None:
    found = MetaData()
    await connection.run_sync(found.reflect)
    for name, rows in (("receipts", 0), ("crypto", 1)):
        counted = select(func.count()).select_from(found.tables[name])
        assert (await connection.execute(counted)).scalar() == rows
        await connection.execute(text(f"DROP TABLE {name}"))
    await step_0001.check(connection)
