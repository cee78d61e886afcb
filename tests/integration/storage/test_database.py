"""Transactions: who waits for whom, and what is left when somebody is interrupted."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.database import Database, sqlite_url
from storage.errors import DatabaseBusy
from storage.line import Urgency
from storage.sqlite_driver import LoopPool
from storage.store import Store
from storage.tables import inbox
from tests.databases import Newsroom
from tests.integration.storage.people import receive, says

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def other_program(newsroom: Newsroom, store: Store) -> Iterator[sqlite3.Connection]:
    """Has the database open as any other program would."""
    connection = sqlite3.connect(newsroom.data / "tamizdat.sqlite", isolation_level=None)
    yield connection
    connection.close()


async def waiting(store: Store) -> int:
    async with store.read() as tx:
        return int((await tx.work.connection.execute(select(func.count()).select_from(inbox))).scalar_one())


async def test_a_writer_waits_for_another_program_and_holds_nobody_up(
    store: Store, other_program: sqlite3.Connection
) -> None:
    other_program.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(receive(store, says("1", "one")))
    for _ in range(20):
        assert await waiting(store) == 0  # readers go on
    assert not writing.done()
    other_program.execute("COMMIT")
    await writing
    assert await waiting(store) == 1


async def test_a_program_that_never_lets_go_is_named_as_the_reason(
    newsroom: Newsroom, other_program: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.01)
    database = Database(sqlite_url(newsroom.data))
    other_program.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with database.write():
            pass

    with pytest.raises(DatabaseBusy, match="which other program"):
        await write()
    other_program.execute("COMMIT")
    await write()
    await database.close()


async def test_a_turn_goes_before_book_keeping_that_came_earlier(store: Store) -> None:
    order: list[str] = []
    started = asyncio.Event()

    async def write(name: str, urgency: Urgency) -> None:
        async with store.write(urgency):
            order.append(name)

    async with store.write():
        tasks = [asyncio.create_task(write("books", Urgency.BOOKS)), asyncio.create_task(write("turn", Urgency.TURN))]
        asyncio.get_running_loop().call_soon(started.set)
        await started.wait()
    await asyncio.gather(*tasks)
    assert order == ["turn", "books"]


@pytest.mark.parametrize("steps", range(12))
async def test_whenever_a_writer_is_cancelled_the_next_one_gets_through(store: Store, steps: int) -> None:
    writing = asyncio.create_task(receive(store, says("1", "one")))
    for _ in range(steps):
        await asyncio.sleep(0)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    before = await waiting(store)
    await receive(store, says("2", "two"))
    assert await waiting(store) == before + 1


async def test_a_commit_that_has_begun_is_waited_for(engine: str, tmp_path: Path) -> None:
    pool = LoopPool(str(tmp_path / "file"), "BEGIN IMMEDIATE", size=1, busy_seconds=1)
    begun, disk = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def slow() -> None:
        loop.call_soon_threadsafe(begun.set)
        disk.wait()

    async with pool.borrow() as connection:
        committing = asyncio.create_task(connection.in_thread(slow))
        await begun.wait()
        committing.cancel()
        for _ in range(5):
            await asyncio.sleep(0)
        assert not committing.done()
        disk.set()
        with pytest.raises(asyncio.CancelledError):
            await committing
    pool.close()


async def test_a_writer_that_is_cancelled_in_the_line_leaves_it(store: Store) -> None:
    async with store.write():
        impatient = asyncio.create_task(receive(store, says("1", "one")))
        patient = asyncio.create_task(receive(store, says("2", "two")))
        await asyncio.sleep(0)
        impatient.cancel()
        await asyncio.gather(impatient, return_exceptions=True)
    await patient
    assert await waiting(store) == 1


async def test_all_that_a_cancelled_loop_of_writers_leaves_is_whole(store: Store) -> None:
    writers = [asyncio.create_task(receive(store, says(f"{n}", "a"), says(f"{n}b", "b"))) for n in range(20)]
    await asyncio.wait(writers, return_when=asyncio.FIRST_COMPLETED)
    for writer in writers[::2]:
        writer.cancel()
    await asyncio.gather(*writers, return_exceptions=True)
    assert await waiting(store) % 2 == 0
    assert await waiting(store) >= 20
