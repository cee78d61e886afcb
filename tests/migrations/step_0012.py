"""Two new tables; what is in the others stays."""

from __future__ import annotations

from sqlalchemy import MetaData

from storage.connection import Connection
from tests.migrations import step_0001

_NEW = {"letters", "letter_templates"}


async def fill(connection: Connection) -> None:
    await step_0001.fill(connection)


async def check(connection: Connection) -> None:
    found = MetaData()
    await connection.run_sync(found.reflect)
    assert set(found.tables) >= _NEW
    for name, table in found.tables.items():
        assert len((await connection.execute(table.select())).all()) == (0 if name in _NEW else 1), name
