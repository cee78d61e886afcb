"""Who comes to a database learns whether anybody is at work there, however the others have ended."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from storage.presence import Presence
from storage.store import Store
from tests.databases import CUT_OFF_OTHERS, Newsroom


@pytest.fixture
def engine() -> str:
    return "postgresql"


class Worker:
    def __init__(self, store: Store) -> None:
        self.presence = Presence(store.database)
        self.was_alone: bool | None = None

    async def comes(self) -> bool:
        await self.presence.enter(self._begin)
        assert self.was_alone is not None
        return self.was_alone

    async def _begin(self, is_alone: bool) -> None:
        self.was_alone = is_alone


@pytest.fixture
async def workers(newsroom: Newsroom) -> AsyncIterator[list[Worker]]:
    stores = [await newsroom.open() for _ in range(3)]
    workers = [Worker(store) for store in stores]
    yield workers
    for worker, store in zip(workers, stores, strict=True):
        await worker.presence.leave()
        await store.close()


async def test_who_comes_first_is_alone_and_so_is_who_comes_when_all_have_gone(workers: list[Worker]) -> None:
    first, second, third = workers
    assert [await first.comes(), await second.comes()] == [True, False]
    await first.presence.leave()
    assert not await third.comes()
    await third.presence.leave()
    await second.presence.leave()
    assert await first.comes()


async def test_whose_connection_has_broken_is_counted_again(workers: list[Worker], store: Store) -> None:
    first, second, _ = workers
    await first.comes()
    async with store.database.write() as connection:
        await connection.execute(text(CUT_OFF_OTHERS))
    await first.presence.stay()
    await first.presence.stay()
    assert not await second.comes()
