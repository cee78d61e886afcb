"""The daily sweep: what is past goes, what is still needed stays, and the journal is emptied."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, text

from storage.lanes import KEPT_DAYS
from storage.maintenance import checkpoint, sweep
from storage.store import Store
from storage.tables import lanes, wraps
from tests.clock import Clock
from tests.databases import Newsroom
from tests.integration.storage.people import chat, first_waiting, receive, says


def journal_size(newsroom: Newsroom) -> int:
    return (newsroom.data / "tamizdat.sqlite-wal").stat().st_size


async def count(store: Store) -> tuple[int, int]:
    async with store.read() as tx:
        connection = tx.work.connection
        counts = [select(func.count()).select_from(table) for table in (lanes, wraps)]
        here, keys = [int((await connection.execute(number)).scalar_one()) for number in counts]
        return here, keys


async def test_empty_lanes_go_with_their_keys_and_full_ones_stay(store: Store, clock: Clock) -> None:
    empty = await count(store)
    await receive(store, says("1", "stays", 1), says("2", "goes", 2))
    async with store.write() as tx:
        await tx.outbox.add(chat(), b"stays")
        handled = [head for lane in await tx.inbox.ready_lanes(5) if (head := await tx.inbox.head(lane))]
        assert await tx.inbox.take(next(head for head in handled if head.body == b"goes"))
    clock.pass_(days=KEPT_DAYS)
    assert (await sweep(store)).lanes == 0
    clock.pass_(days=1)
    swept = await sweep(store)
    assert (swept.lanes, swept.files, swept.emptied) == (1, 0, True)
    assert await count(store) == (empty[0] + 2, empty[1] + 2)
    async with store.read() as tx:
        assert await first_waiting(tx) is not None


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_the_journal_is_emptied_as_soon_as_no_reader_is_in_the_way(store: Store, newsroom: Newsroom) -> None:
    async with store.database.read() as reader:
        await reader.execute(text("SELECT count(*) FROM wraps"))
        await receive(store, says("1", "one"))
        assert not await checkpoint(store.database)
        assert journal_size(newsroom) > 0
    assert await checkpoint(store.database)
    assert journal_size(newsroom) == 0


async def test_a_checkpoint_is_nothing_to_do_on_postgresql(store: Store) -> None:
    assert await checkpoint(store.database)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_what_was_deleted_is_not_in_the_file_any_more(store: Store, newsroom: Newsroom) -> None:
    await receive(store, says("1", "one"))
    async with store.write() as tx:
        head = await first_waiting(tx)
        assert head is not None
        sealed = (await tx.work.connection.execute(text("SELECT body FROM inbox"))).scalar_one()
    assert any(sealed in path.read_bytes() for path in newsroom.data.iterdir() if path.is_file())
    async with store.write() as tx:
        assert await tx.inbox.take(head)
    assert await checkpoint(store.database)
    assert not any(sealed in path.read_bytes() for path in newsroom.data.iterdir() if path.is_file())
