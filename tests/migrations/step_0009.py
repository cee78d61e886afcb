"""A broadcast that has ended stays; one that was under way goes on behind its last reader; their jobs are gone."""

from __future__ import annotations

import msgspec
from sqlalchemy import MetaData, Table, update

from storage.connection import Connection
from tests.migrations import step_0001

_READERS = (bytes([1]) * 16, bytes([2]) * 16, bytes([3]) * 16)
_DONE, _UNDER_WAY = b"d" * 16, b"u" * 16


async def fill(connection: Connection) -> None:
    await step_0001.fill(connection)
    tables = await _tables(connection)
    jobs, subscribers, broadcasts = tables["jobs"], tables["subscribers"], tables["broadcasts"]
    await connection.execute(update(jobs).values(kind="broadcast"))
    (row,) = (await connection.execute(subscribers.select())).all()
    for number, reader in enumerate(_READERS):
        values = {"id": reader, "account": reader * 2, "language": "ru", "generation": number % 2}
        await connection.execute(subscribers.insert().values(**{**row._mapping, **values}))
    (row,) = (await connection.execute(broadcasts.select())).all()
    for name, generation, reached, handed, finished in (
        (_DONE, 0, _READERS[2], 2, 1),
        (_UNDER_WAY, 0, _READERS[0], 1, 0),
    ):
        values = {"id": name, "story": name, "generation": generation, "reached": reached}
        values |= {"language": "ru", "handed": handed, "finished": finished}
        await connection.execute(broadcasts.insert().values(**{**row._mapping, **values}))


async def check(connection: Connection) -> None:
    tables = await _tables(connection)
    broadcasts = {row.id: row for row in (await connection.execute(tables["broadcasts"].select())).all()}
    done, under_way = broadcasts[_DONE], broadcasts[_UNDER_WAY]
    assert (done.kind, done.subject, done.state) == ("story", _DONE, "finished")
    assert (done.total, done.sent) == (2, 2)
    assert msgspec.msgpack.decode(under_way.audience) == {"languages": ["ru"]}
    assert (under_way.state, under_way.total, under_way.sent) == ("running", 2, 1)  # the second reader came later
    (shard,) = (await connection.execute(tables["shards"].select())).all()
    assert (shard.broadcast, shard.sent, shard.done) == (_UNDER_WAY, 1, 0)
    assert _READERS[0] < shard.low < _READERS[1]
    assert shard.high == b"\xff" * 16
    settings = {row.name: row.value for row in (await connection.execute(tables["settings"].select())).all()}
    assert settings["generation"] == b"3"
    for name in ("jobs", "deliveries", "pace"):
        assert (await connection.execute(tables[name].select())).all() == []
    assert len((await connection.execute(tables["subscribers"].select())).all()) == 4


async def _tables(connection: Connection) -> dict[str, Table]:
    found = MetaData()
    await connection.run_sync(found.reflect)
    return dict(found.tables)
