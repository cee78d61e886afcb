"""A new table; what waited in the outbox names no platform, and goes out all the same."""

from __future__ import annotations

from sqlalchemy import MetaData, Table, select

from storage.connection import Connection
from tests.migrations import step_0001


async def fill(connection: Connection) -> None:
    await step_0001.fill(connection)


async def check(connection: Connection) -> None:
    found = MetaData()
    await connection.run_sync(found.reflect)
    counted = {name: await _count(connection, table) for name, table in found.tables.items()}
    assert {name: count for name, count in counted.items() if count != 1} == {"leases": 0}
    outbox = found.tables["outbox"]
    assert (await connection.execute(select(outbox.c.platform))).scalar_one() is None


async def _count(connection: Connection, table: Table) -> int:
    return len((await connection.execute(table.select())).all())
