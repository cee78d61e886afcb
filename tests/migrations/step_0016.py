"""An index more; every reader is still found, by the number of broadcasts they have joined since."""

from __future__ import annotations

from sqlalchemy import text

from storage.connection import Connection
from tests.migrations import step_0001


async def fill(connection: Connection) -> None:
    await step_0001.fill(connection)


async def check(connection: Connection) -> None:
    found = text("SELECT count(*) FROM subscribers WHERE generation >= 0")
    everybody = text("SELECT count(*) FROM subscribers")
    assert (await connection.execute(found)).scalar() == (await connection.execute(everybody)).scalar() != 0
