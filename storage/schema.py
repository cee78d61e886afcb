"""The database's tables, brought to what this program needs: `migrate`, and `check` before anything else is done.

Make a back-up before `migrate`: a step goes one way only. Alembic is loaded when there is a step to make: it would cost
every start a fifth of a second.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.database import Database
from storage.errors import SchemaMismatch

_LOCK = 0x7A6D697A  # any number, as long as every process of ours takes the same
_STEPS = Path(__file__).parent / "migrations" / "versions"


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
    _refuse_newer(found)
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
        return await connection.run_sync(_revision)


def newest() -> str:
    """The last step that this program knows."""
    return max(_known())


def _known() -> set[str]:
    """Each is a file, which begins with its number."""
    return {step.name.partition("_")[0] for step in _STEPS.glob("[0-9]*.py")}


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _upgrade(connection: Connection, to: str) -> None:
    _refuse_newer(_revision(connection))
    from storage.migrations.upgrading import upgrade

    upgrade(connection, to)


def _refuse_newer(found: str | None) -> None:
    if found is not None and found not in _known():
        raise SchemaMismatch(
            f"The database is at step {found}, which this program does not know: run the newer program that made it."
        )
