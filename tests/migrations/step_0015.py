"""A new table; what is in the others stays as it was."""

from __future__ import annotations

from sqlalchemy import MetaData

from storage.connection import Connection
from tests.migrations import step_0001


async def fill(connection: Connection) -> None:
    await step_0001.fill(connection)


async def check(connection: Connection) -> None:
    found = MetaData()
    await connection.run_sync(found.reflect)
    for name, rows in (("openings", 0), ("deliveries", 1), ("broadcasts", 1)):
        assert len((await connection.execute(found.tables[name].select())).all()) == rows, name
