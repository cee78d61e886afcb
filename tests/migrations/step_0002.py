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
    crypto: Table = found.tables["crypto"]
    assert (await connection.execute(crypto.select())).all() == []
    await connection.execute(text("DROP TABLE crypto"))
    await step_0001.check(connection)
