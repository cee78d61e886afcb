"""An index; every row is as it was."""

from __future__ import annotations

from sqlalchemy import MetaData

from storage.connection import Connection
from tests.migrations import step_0001


async def fill(connection: Connection) -> None:
    await step_0001.fill(connection)


async def check(connection: Connection) -> None:
    found = MetaData()
    await connection.run_sync(found.reflect)
    broadcasts = found.tables["broadcasts"]
    assert "ix_broadcasts_origin" in {index.name for index in broadcasts.indexes}
    assert len((await connection.execute(broadcasts.select())).all()) == 1
