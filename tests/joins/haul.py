"""What a thief carries off: every row of every table with its place, and every file. No key opens anything of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, inspect, select

from storage.connection import Connection as AnyConnection
from storage.tables import metadata

FILES = "files on the disk"


@dataclass(frozen=True, kw_only=True)
class Thing:
    """A row, or a file, as whatever it is called."""

    table: str
    key: tuple[object, ...]
    cells: dict[str, object]
    place: int
    """as it lies in the table, from 0"""

    @property
    def names(self) -> list[bytes]:
        """Ids, keys, hashes: what may stand in two rows because they belong together."""
        return [cell for cell in self.cells.values() if isinstance(cell, bytes) and 16 <= len(cell) <= 32]

    @property
    def numbers(self) -> dict[str, float]:
        """What can be put in an order: figures, days, sizes; and the place."""
        found = {"place": float(self.place)}
        for name, cell in self.cells.items():
            if isinstance(cell, bytes):
                found[f"size of {name}"] = float(len(cell))
            elif isinstance(cell, date):
                found[name] = float(cell.toordinal())
            elif isinstance(cell, int | float):
                found[name] = float(cell)
        return found


Haul = list[Thing]


async def taken(connection: AnyConnection, files: Path) -> Haul:
    """Of every table in the database, also of those that the program does not know; in the order in which they lie."""
    tables = await connection.run_sync(_tables)
    rows: Haul = []
    for table in tables:
        keys = [column.name for column in table.primary_key.columns]
        # Neither engine sorts what it is not asked to sort: SQLite walks the pages, PostgreSQL the heap.
        for place, row in enumerate((await connection.execute(select(table))).mappings().all()):
            cells = dict(row)
            rows.append(Thing(table=table.name, key=tuple(cells[key] for key in keys), cells=cells, place=place))
    return rows + _files(files)


def _tables(plain: Connection) -> list[Table]:
    known = [*metadata.sorted_tables]
    names = {table.name for table in known} | {"alembic_version"}
    planted = [name for name in inspect(plain).get_table_names() if name not in names]
    return known + [Table(name, metadata.__class__(), autoload_with=plain) for name in planted]


def _files(folder: Path) -> Haul:
    found = []
    for place, file in enumerate(sorted(folder.glob("*.blob"))):
        status = file.stat()
        cells: dict[str, Any] = {"id": bytes.fromhex(file.stem), "size": status.st_size, "time": int(status.st_mtime)}
        found.append(Thing(table=FILES, key=(cells["id"],), cells=cells, place=place))
    return found
