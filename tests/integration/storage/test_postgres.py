"""Connections to PostgreSQL are kept, though it may end them at any time."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine.interfaces import DBAPIConnection

from storage.errors import DatabaseBusy
from storage.store import Store
from storage.tables import settings
from tests.databases import CUT_OFF_OTHERS, Newsroom


@pytest.fixture
def engine() -> str:
    return "postgresql"


class Moment:
    """What time it is for whoever asks how long a connection lay idle."""

    def __init__(self) -> None:
        self.now = 0.0


@pytest.fixture(autouse=True)
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    moment = Moment()
    monkeypatch.setattr("storage.postgres.monotonic", lambda: moment.now)
    return moment


async def look(store: Store) -> None:
    async with store.database.read() as connection:
        await connection.execute(select(settings.c.name))


async def cut_off(newsroom: Newsroom) -> None:
    other = await newsroom.open()
    try:
        async with other.database.write() as connection:
            await connection.execute(text(CUT_OFF_OTHERS))
    finally:
        await other.close()


async def test_what_has_broken_while_it_lay_idle_is_noticed_by_nobody(
    store: Store, newsroom: Newsroom, moment: Moment
) -> None:
    await look(store)
    await cut_off(newsroom)
    moment.now += 1.5
    await look(store)


async def test_what_breaks_between_two_statements_is_told_once(store: Store, newsroom: Newsroom) -> None:
    await look(store)
    await cut_off(newsroom)
    with pytest.raises(DatabaseBusy, match="gone or was restarted"):
        await look(store)
    await look(store)


async def test_who_works_on_and_on_asks_nothing_and_keeps_one_connection(
    store: Store, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, backends = list[float](), set[int]()

    async def work() -> None:
        async with store.database.read() as connection:
            backends.add((await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one())

    async with AsyncExitStack() as several:
        for _ in range(3):
            dialect = (await several.enter_async_context(store.database.snapshot())).dialect
    ping = dialect.do_ping

    def watched(connection: DBAPIConnection) -> bool:
        asked.append(moment.now)
        return ping(connection)

    monkeypatch.setattr(dialect, "do_ping", watched)
    for _ in range(30):
        await work()
        moment.now += 0.1
    assert not asked
    moment.now += 1.5
    await work()
    assert asked == [moment.now]
    assert len(backends) == 1
