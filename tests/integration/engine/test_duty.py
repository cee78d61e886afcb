"""One worker is on duty: what it does ends as soon as another may have begun it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import update

from bot import duty
from bot.duty import on_duty
from bot.errors import PlatformDenied
from storage.errors import DatabaseBusy
from storage.ids import new_id
from storage.leases import LEASE_SECONDS, Lease
from storage.store import Store
from storage.tables import leases
from tests.databases import MakeNewsroom, Newsroom
from tests.patience import PATIENCE


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duty, "EXTEND_SECONDS", 0.02)
    monkeypatch.setattr(duty, "_LOOK_SECONDS", 0.02)


class Worker:
    """Notes in a common book when a term begins and ends."""

    def __init__(self, name: str, store: Store, book: list[str]) -> None:
        self.store = store.alone("telegram")
        self._name = name
        self._book = book
        self._news = asyncio.Event()
        self.task = asyncio.create_task(on_duty(self.store, self._work))

    async def noted(self, *lines: str) -> None:
        while self._book != list(lines):
            await self._news.wait()
            self._news.clear()

    async def stops(self) -> None:
        self.task.cancel()
        await asyncio.wait([self.task])

    async def _work(self) -> None:
        self._note("begins")
        try:
            await asyncio.Event().wait()
        finally:
            self._note("ends")

    def _note(self, what: str) -> None:
        self._book.append(f"{self._name} {what}")
        self._news.set()


@pytest.fixture
async def newsroom(make_newsroom: MakeNewsroom) -> AsyncIterator[Newsroom]:
    newsroom = make_newsroom("postgresql")
    await newsroom.prepare()
    yield newsroom
    await newsroom.remove()


async def somebody_else_has_it(store: Store, seconds: int) -> None:
    async with store.write() as tx:
        await tx.work.connection.execute(update(leases).values(owner=new_id(), until=tx.now + seconds))


async def test_the_next_worker_begins_when_the_one_on_duty_stops(newsroom: Newsroom) -> None:
    book: list[str] = []
    first, second = await newsroom.open(), await newsroom.open()
    anna = Worker("Anna", first, book)
    await anna.noted("Anna begins")
    boris = Worker("Boris", second, book)
    await anna.stops()
    await boris.noted("Anna begins", "Anna ends", "Boris begins")
    await boris.stops()
    await first.close()
    await second.close()


async def test_who_was_too_slow_ends_and_stands_by(newsroom: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    book: list[str] = []
    store = await newsroom.open()
    anna = Worker("Anna", store, book)
    await anna.noted("Anna begins")
    await somebody_else_has_it(store, LEASE_SECONDS)
    await anna.noted("Anna begins", "Anna ends")
    await somebody_else_has_it(store, 0)
    await anna.noted("Anna begins", "Anna ends", "Anna begins")
    assert "telegram: another worker is on duty" in caplog.messages
    await anna.stops()
    await store.close()


async def test_who_can_t_reach_the_database_ends_before_anybody_else_begins(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duty, "_SURE_SECONDS", 0.1)

    async def away(_lease: Lease) -> bool:
        raise DatabaseBusy("PostgreSQL does not answer.")

    monkeypatch.setattr(Lease, "extend", away)
    book: list[str] = []
    store = await newsroom.open()
    anna = Worker("Anna", store, book)
    async with asyncio.timeout(PATIENCE):
        await anna.noted("Anna begins", "Anna ends")
    await anna.stops()
    await store.close()


async def test_what_ends_by_itself_ends_the_duty_with_what_it_has_raised(newsroom: Newsroom) -> None:
    store = await newsroom.open()
    alone = store.alone("telegram")

    async def denied() -> None:
        raise PlatformDenied("Telegram refuses the bot's token.")

    with pytest.raises(PlatformDenied):
        await on_duty(alone, denied)
    assert alone.lease is not None
    assert await alone.lease.take()  # nobody has it any more
    await store.close()
