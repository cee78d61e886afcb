"""Readers from before there were digests get every story at once; who they are and what they wish stays as it was."""

from __future__ import annotations

from sqlalchemy import MetaData, Table

from storage.connection import Connection

_READER = bytes([7]) * 16


async def fill(connection: Connection) -> None:
    subscribers = await _subscribers(connection)
    values = {"language": "ru", "generation": 2, "key_id": b"k" * 16, "body": b"sealed"}
    await connection.execute(subscribers.insert().values(id=_READER, account=_READER * 2, **values))


async def check(connection: Connection) -> None:
    (row,) = (await connection.execute((await _subscribers(connection)).select())).all()
    assert (row.id, row.language, row.generation, row.body) == (_READER, "ru", 2, b"sealed")
    assert row.digest_due is None


async def _subscribers(connection: Connection) -> Table:
    found = MetaData()
    await connection.run_sync(found.reflect)
    return found.tables["subscribers"]
