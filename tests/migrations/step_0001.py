"""The first step has nothing to keep: a row of each table is written and comes back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, LargeBinary, MetaData, String, Table

from storage.connection import Connection

_TABLES = 23


async def fill(connection: Connection) -> None:
    for table in await _tables(connection):
        await connection.execute(table.insert().values(_row(table)))


async def check(connection: Connection) -> None:
    tables = await _tables(connection)
    assert len(tables) == _TABLES
    for table in tables:
        (row,) = (await connection.execute(table.select())).all()
        assert dict(row._mapping) == _row(table), table.name


async def _tables(connection: Connection) -> list[Table]:
    """As the database itself describes them, not as the program does today."""
    found = MetaData()
    await connection.run_sync(found.reflect)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _row(table: Table) -> dict[str, object]:
    row: dict[str, object] = {}
    for number, column in enumerate(table.columns, start=1):
        match column.type:
            case LargeBinary():
                row[column.name] = bytes([number]) * (column.type.length or 40)
            case Date():
                row[column.name] = date(2026, 3, number)
            case String():
                row[column.name] = f"{number}"
            case _:
                row[column.name] = number
    return row
