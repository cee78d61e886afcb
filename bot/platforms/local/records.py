"""What the page's messenger keeps: rows of a small SQLite file, each sealed for its place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from storage.errors import DatabaseBusy
from storage.vault import Column, DataKey, open_sealed, seal

_COLUMN: Final = Column("local_platform", "record")
_PRAGMAS: Final = ("locking_mode=EXCLUSIVE", "journal_mode=TRUNCATE", "secure_delete=ON", "synchronous=FULL")

RowKey = tuple[str, int]
"""Kind and number; both are readable in the file."""


class Records:
    """Rows by kind and number. A change is on the disk, whole or not at all, when `change` returns."""

    def __init__(self, path: Path, key: DataKey) -> None:
        """Raises DatabaseBusy when another process has the file open."""
        self._key = key
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        self._connection = sqlite3.connect(path, timeout=0)
        try:
            for pragma in _PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}")
            with self._connection:
                self._connection.execute(
                    "CREATE TABLE IF NOT EXISTS records (kind TEXT, number INTEGER, sealed BLOB NOT NULL,"
                    " PRIMARY KEY (kind, number)) WITHOUT ROWID"
                )
                # The lock is taken with the first write, not with the pragma.
                self._connection.execute("DELETE FROM records WHERE kind = ''")
        except sqlite3.OperationalError:
            self._connection.close()
            raise DatabaseBusy(f"{path} is in use: the service is running already. Stop the other one.") from None

    def load(self, kind: str) -> Iterator[tuple[int, bytes]]:
        """The rows of one kind, lowest number first. Raises Unreadable for another key or altered rows."""
        rows = self._connection.execute("SELECT number, sealed FROM records WHERE kind = ? ORDER BY number", (kind,))
        for number, sealed in rows:
            yield number, open_sealed(self._key, _COLUMN, _row_id((kind, number)), 0, sealed)

    def change(self, put: Sequence[tuple[RowKey, bytes]], remove: Sequence[RowKey] = ()) -> None:
        rows = [(*row, seal(self._key, _COLUMN, _row_id(row), 0, plain)) for row, plain in put]
        with self._connection:
            self._connection.executemany("DELETE FROM records WHERE kind = ? AND number = ?", remove)
            self._connection.executemany("REPLACE INTO records VALUES (?, ?, ?)", rows)

    def close(self) -> None:
        self._connection.close()


def _row_id(row: RowKey) -> bytes:
    return f"{row[0]}:{row[1]}".encode()
