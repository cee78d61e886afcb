"""A new table; what is in the others stays as it was."""

from __future__ import annotations

from sqlalchemy import text

from storage.connection import Connection


async def fill(connection: Connection) -> None:
    await connection.execute(text("INSERT INTO suppressions (account) VALUES (:account)"), {"account": b"a" * 32})


async def check(connection: Connection) -> None:
    assert (await connection.execute(text("SELECT account FROM suppressions"))).scalar() == b"a" * 32
    assert (await connection.execute(text("SELECT count(*) FROM weeks"))).scalar() == 0
