"""Once a day rows are written anew in the order of their keys: the same rows then lie in the same places, whatever the
order in which they came.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, text

from storage.database import Database, sqlite_url
from storage.maintenance import sweep
from storage.store import Store
from storage.tables import accounts, settings
from tests.clock import Clock
from tests.databases import MakeNewsroom, Newsroom

_CHANGING = (slice(24, 28), slice(92, 96), slice(40, 44))
"""Of SQLite's header: how often the file was changed, and its schema (https://www.sqlite.org/fileformat.html)."""
MANY = 60


def rows() -> list[dict[str, object]]:
    chance = random.Random(3)
    return [
        {
            "account": chance.randbytes(32),
            "revision": chance.randrange(1 << 31),
            "key_id": chance.randbytes(16),
            "body": chance.randbytes(541 + 512 * chance.randrange(4)),
        }
        for _ in range(MANY)
    ]


async def written(newsroom: Newsroom, seed: int) -> Store:
    """A newsroom with the rows in another order, and a gap where some were deleted."""
    await newsroom.prepare()
    store = await newsroom.open()
    coming = rows()
    random.Random(seed).shuffle(coming)
    for row in coming:
        async with store.database.write() as connection:
            await connection.execute(insert(accounts), row)
    async with store.database.write() as connection:
        await connection.execute(delete(accounts).where(accounts.c.revision < 1 << 28))
    return store


async def layout(store: Store, newsroom: Newsroom) -> object:
    """Where everything lies."""
    if not store.database.is_sqlite:
        async with store.database.read() as connection:
            found = await connection.execute(text("SELECT ctid::text, account FROM accounts ORDER BY ctid"))
            return [tuple(row) for row in found]
    async with store.database.write() as connection:  # keys of the newsroom's own, which differ
        await connection.execute(delete(settings))
        await connection.execute(text("DELETE FROM wraps"))
    assert await store.database.empty_journal()
    return pages(newsroom.data)


def pages(folder: Path) -> bytes:
    image = bytearray(Path(str(sqlite_url(folder).database)).read_bytes())
    for place in _CHANGING:
        image[place] = bytes(4)
    return bytes(image)


async def test_the_same_rows_lie_in_the_same_places_whenever_they_came(
    engine: str, make_newsroom: MakeNewsroom
) -> None:
    newsrooms = [make_newsroom(engine) for _ in range(2)]
    stores = [await written(newsroom, seed) for seed, newsroom in enumerate(newsrooms)]
    before = [await layout(store, newsroom) for store, newsroom in zip(stores, newsrooms, strict=True)]
    assert before[0] != before[1]
    for store in stores:
        assert await store.database.rewrite()
    after = [await layout(store, newsroom) for store, newsroom in zip(stores, newsrooms, strict=True)]
    assert after[0] == after[1]
    for store, newsroom in zip(stores, newsrooms, strict=True):
        await store.close()
        await newsroom.remove()


async def test_it_is_done_once_a_day(store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    done = []
    rewrite = Database.rewrite

    async def counted(database: Database) -> bool:
        done.append(clock.now())
        return await rewrite(database)

    monkeypatch.setattr(Database, "rewrite", counted)
    for _ in range(2):
        await sweep(store)
    assert len(done) == 1
    clock.pass_(days=1)
    await sweep(store)
    assert len(done) == 2


async def test_who_is_in_the_middle_of_something_is_not_waited_for_long(
    store: Store, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.postgres._LOCK_SECONDS", 0.1)
    another = Database(store.database.url)
    async with another.write() as connection:
        await connection.execute(text("UPDATE settings SET name = name"))
        assert not await store.database.rewrite()
    assert await store.database.rewrite()
    await another.close()
