"""Migrations make exactly the tables of `storage/tables.py`, once, and never half."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text

from storage import schema
from storage.database import Database
from storage.errors import SchemaMismatch
from storage.opening import open_database
from storage.tables import metadata
from tests.databases import MakeNewsroom


@pytest.fixture
async def database(engine: str, make_newsroom: MakeNewsroom) -> AsyncIterator[Database]:
    """Without any table."""
    newsroom = make_newsroom(engine)
    await newsroom.prepare(migrated=False)
    database = open_database(newsroom.data, newsroom.ring, newsroom.url)
    yield database
    await database.close()
    await newsroom.remove()


def differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


async def test_migrations_make_exactly_our_tables(database: Database) -> None:
    assert await schema.is_empty(database)
    await schema.migrate(database)
    await schema.check(database)
    async with database.read() as connection:
        assert await connection.run_sync(differences) == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_sqlite_s_own_options_are_the_same_too(database: Database) -> None:
    """What Alembic does not compare: tables without row numbers, numbers that are never given twice."""
    await schema.migrate(database)
    wanted = create_engine("sqlite://")
    with wanted.begin() as connection:
        metadata.create_all(connection)
        listed = text("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        expected = {name: _options(sql) for name, sql in connection.execute(listed)}
    wanted.dispose()
    async with database.read() as reading:
        found = {name: _options(sql) for name, sql in await reading.execute(listed)}
    del found["alembic_version"]
    assert found == expected
    assert sum("WITHOUT ROWID" in options for options in found.values()) == len(found) - 3


def _options(sql: str) -> set[str]:
    return {option for option in ("WITHOUT ROWID", "AUTOINCREMENT") if option in sql.upper()}


async def test_migrating_again_does_nothing(database: Database) -> None:
    for _ in range(2):
        await schema.migrate(database)
    assert await schema.revision(database) == schema.newest()


async def test_two_processes_that_migrate_at_once_wait_for_each_other(database: Database) -> None:
    second = Database(database.url)
    await asyncio.gather(schema.migrate(database), schema.migrate(second))
    await schema.check(second)
    await second.close()


async def test_a_step_that_fails_leaves_nothing_behind(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alembic.op.create_index", _failing_at_the_eighth())
    with pytest.raises(ZeroDivisionError):
        await schema.migrate(database)
    assert await schema.is_empty(database)


def _failing_at_the_eighth() -> object:
    calls = iter(range(1, 100))

    def create_index(*_: object, **__: object) -> None:
        if next(calls) == 8:
            raise ZeroDivisionError

    return create_index


async def test_a_database_of_a_newer_program_is_left_alone(database: Database) -> None:
    await schema.migrate(database)
    async with database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for refuse in (schema.check, schema.migrate):
        with pytest.raises(SchemaMismatch, match="newer program"):
            await refuse(database)


async def test_a_database_without_our_tables_is_refused_with_the_remedy(database: Database) -> None:
    with pytest.raises(SchemaMismatch, match="tamizdat migrate"):
        await schema.check(database)
