"""The database's tables, brought to what this program needs: `migrate`, and `check` before anything else is done.

Make a back-up before `migrate`: a step goes one way only.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from storage.database import Database
from storage.errors import SchemaMismatch

_LOCK = 0x7A6D697A  # any number, as long as every process of ours takes the same
_FOLDER = Path(__file__).parent / "migrations"


async def migrate(database: Database, to: str = "head") -> None:
    """Runs the steps that are missing, all or none. A second process waits, then finds nothing to do.

    SQLite's one writer is the lock there. Raises SchemaMismatch for a database of a newer program.
    """
    async with database.write() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        await connection.run_sync(lambda plain: _upgrade(plain, to))


async def check(database: Database) -> None:
    """Raises SchemaMismatch when the tables are not exactly those of this program."""
    found = await revision(database)
    if found == newest():
        return
    if found is not None and found not in _known():
        raise _newer(found)
    raise SchemaMismatch(
        f"The database's tables are at step {found or 'none'}, this program needs {newest()}: "
        "make a back-up, then run `tamizdat migrate`."
    )


async def is_empty(database: Database) -> bool:
    """Whether there is no table at all yet."""
    async with database.read() as connection:
        return not await connection.run_sync(lambda plain: inspect(plain).get_table_names())


async def revision(database: Database) -> str | None:
    """The step that the database has reached; None before the first."""
    async with database.read() as connection:
        return await connection.run_sync(lambda plain: MigrationContext.configure(plain).get_current_revision())


def newest() -> str:
    """The last step that this program knows."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None  # noqa: S101 - the scripts are part of the program
    return head


def _known() -> set[str]:
    return {step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions()}


def _upgrade(connection: Connection, to: str) -> None:
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in _known():
        raise _newer(found)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _newer(found: str) -> SchemaMismatch:
    return SchemaMismatch(
        f"The database is at step {found}, which this program does not know: run the newer program that made it."
    )
