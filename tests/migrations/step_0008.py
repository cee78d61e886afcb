"""A new table; what is in the others stays as it was."""

from __future__ import annotations

from sqlalchemy import MetaData, Table, text

from storage.connection import Connection
from tests.migrations import step_0001


async def fill(connection: Connection) -> None:
    await step_0001.fill(connection)


async def check(connection: Connection) -> None:
    found = MetaData()
    await connection.run_sync(found.reflect)
    kept = ("blocks", "suppressions", "second_factors", "audit", "receipts", "crypto")
    for name, rows in (("offline", 0), *((name, 1) for name in kept)):
        table: Table = found.tables[name]
        assert len((await connection.execute(table.select())).all()) == rows
        await connection.execute(text(f"DROP TABLE {name}"))
    await step_0001.check(connection)
