"""What every test may ask for. Nothing here is skipped when a part is missing: the test fails instead."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

from handlers import policy
from storage.store import Store
from tests.clock import Clock
from tests.databases import LentPostgreSQL, MakeNewsroom, Newsroom, PostgreSQL, Server, SQLite, migrated_file

pytest_plugins = ["tests.homeserver.plugin"]

# A busy machine makes no test fail.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

ENGINES = ("sqlite", "postgresql")
T = TypeVar("T")


def _run(work: Coroutine[None, None, T]) -> T:
    """In a loop of its own: whoever asks for a session's fixture may be in the middle of a test's loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def pytest_collection_finish() -> None:
    """What collecting has made stays to the end: the garbage collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def hours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cards come and follow by their timers, as ever, but none of them waits; `flows/test_hours.py` lets hours pass."""
    for what in ("CARD", "FOLLOWED"):
        monkeypatch.setattr(policy, f"{what}_FROM_SECONDS", 0)
        monkeypatch.setattr(policy, f"{what}_UNTIL_SECONDS", 0)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _run(migrated_file(tmp_path_factory.mktemp("template")))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """One server a run (and xdist worker); it starts when the first test wants it."""
    server = Server()
    try:
        _run(server.prepare_template())
        yield server
    finally:
        server.stop()


@pytest.fixture
def make_newsroom(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> MakeNewsroom:
    """Makes an unprepared newsroom on the engine named; a test that needs two of them asks for this."""
    made: list[Newsroom] = []

    def make(engine: str) -> Newsroom:
        home = tmp_path / f"newsroom{len(made)}"
        newsroom: Newsroom
        if engine == "sqlite":
            newsroom = SQLite(home, clock, request.getfixturevalue("sqlite_template"))
        else:
            newsroom = PostgreSQL(home, clock, request.getfixturevalue("postgresql"))
        made.append(newsroom)
        return newsroom

    return make


@pytest.fixture
def lend_newsroom(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Callable[[], Newsroom]:
    return lambda: LentPostgreSQL(tmp_path / "newsroom", clock, request.getfixturevalue("postgresql"))


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def reads_the_server() -> bool:
    """Whether tests read the database server's files, or change its tables: theirs is then one that nobody had before.
    Files and folders with such tests say so in a fixture of this name.
    """
    return False


@pytest.fixture
async def newsroom(
    engine: str, reads_the_server: bool, make_newsroom: MakeNewsroom, lend_newsroom: Callable[[], Newsroom]
) -> AsyncIterator[Newsroom]:
    """An empty newsroom, once on each engine."""
    newsroom = lend_newsroom() if engine == "postgresql" and not reads_the_server else make_newsroom(engine)
    await newsroom.prepare()
    yield newsroom
    await newsroom.remove()


@pytest.fixture
async def store(newsroom: Newsroom) -> AsyncIterator[Store]:
    store = await newsroom.open()
    yield store
    await store.close()
