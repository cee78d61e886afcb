"""Turning a new file to WAL takes a lock that no busy time-out waits for: of several connections that opened the same
new file at once, some were told "database is locked" at once (seen with two `migrate` on a busy machine).
"""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from storage.sqlite_driver import connect

AT_ONCE = 8
FILES = 40


def test_all_connections_to_a_new_file_open(tmp_path: Path) -> None:
    together = Barrier(AT_ONCE)

    def open_it(path: Path) -> sqlite3.Connection:
        together.wait()
        return connect(str(path), busy_seconds=10, pragmas=["journal_mode=WAL"])

    with ThreadPoolExecutor(AT_ONCE) as threads:
        for number in range(FILES):
            for connection in threads.map(open_it, [tmp_path / f"{number}.sqlite"] * AT_ONCE):
                connection.close()
