"""Without the root key nobody joins contributor, reader and editor of one account, nor two stories of one account.

A busy newsroom's tables and files are taken as they lie, and every way is tried on all of them, whatever they are for:
equal values, the order of rows, times, sizes, the times of files. Then each way is given a weakness to find.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import pytest

from bot.flows.testing import Stage
from storage.tables import metadata
from tests.clock import Clock
from tests.databases import Newsroom
from tests.joins import plants
from tests.joins.attack import days_in_one, joined_by_order, joined_by_values, tables_of
from tests.joins.haul import Haul, taken
from tests.joins.newsroom import BusyNewsroom
from tests.joins.plants import Plant

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]

OF_A_CHAT_AND_A_DAY = frozenset({"lanes", "messages"})
"""Rows of one chat on one day belong together openly, and lead nowhere else."""
EMPTY = {
    "cursors": "the stage's messenger counts nothing",
    "inbox": "a queue, and nothing waits",
    "outbox": "the same",
    "jobs": "the same",
    "crypto": "of Matrix's devices alone",
    "second_factors": "of editors alone, by the id that their rows in the roster have",
    "questions": "of editors' work, which is open by the story's id",
    "approvals": "the same",
    "shards": "of a broadcast while it is under way",
    "openings": "of a story that came out, by the ids that its lines in the ledger have",
    "pace": "the stage's messenger has no limit",
    "blob_chunks": "PostgreSQL's files; on SQLite they are in a folder",
    "weeks": "how many, and nothing else",
    "leases": "which process does what alone; nobody is named",
    "letters": "the newsroom's own; what they hold of editors is sealed",
    "letter_templates": "the same, and nothing of anybody",
}
"""Every other table is filled by the day: who makes a new one, makes somebody use it in `newsroom.py`."""


class _Undone(Exception):
    """Ends a transaction that must leave nothing."""


@dataclass(frozen=True, kw_only=True)
class Theft:
    stage: Stage
    newsroom: Newsroom
    busy: BusyNewsroom

    async def haul(self) -> Haul:
        async with self.stage.store.database.read() as connection:
            return await taken(connection, self.newsroom.data / "files")

    @asynccontextmanager
    async def planted(self, plant: Plant) -> AsyncIterator[Haul]:
        """With the weakness in it, which is taken out again."""
        with suppress(_Undone):
            async with self.stage.store.database.write() as connection:
                await plant(connection, self.busy)
                yield await taken(connection, self.newsroom.data / "files")
                raise _Undone

    def by_values(self, haul: Haul) -> list[str]:
        return joined_by_values(haul, self.busy.owners, OF_A_CHAT_AND_A_DAY)

    def by_order(self, haul: Haul) -> set[tuple[str, str]]:
        """Pairs of tables in which people stand alike."""
        found = joined_by_order(haul, self.busy.owners)
        return {(one.left, one.right) for one in found}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_no_way_joins_anybody_and_each_finds_what_is_planted(
    stage: Stage, newsroom: Newsroom, clock: Clock
) -> None:
    await every_way_is_tried(stage, newsroom, clock)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_the_same_on_postgresql(stage: Stage, newsroom: Newsroom, clock: Clock) -> None:
    await every_way_is_tried(stage, newsroom, clock)


async def every_way_is_tried(stage: Stage, newsroom: Newsroom, clock: Clock) -> None:
    theft = Theft(stage=stage, newsroom=newsroom, busy=BusyNewsroom(stage, clock))
    await theft.busy.open()
    await theft.busy.a_day()
    evening = await theft.haul()
    assert set(metadata.tables) - tables_of(evening) <= set(EMPTY)
    assert theft.by_values(evening) == []
    if stage.store.database.is_sqlite:
        assert theft.by_order(evening) == set()
    else:  # the day's rows lie in the heap as they came, until the night
        assert ("accounts, place", "stories, place") in theft.by_order(evening)

    await theft.busy.the_night()
    haul = await theft.haul()
    assert theft.by_values(haul) == []
    assert theft.by_order(haul) == set()
    assert days_in_one(haul, "lanes", "day") == []

    async with theft.planted(plants.one_hash_for_two_purposes) as weak:
        assert sum("accounts" in joined and "subscribers" in joined for joined in theft.by_values(weak)) == 30
    async with theft.planted(plants.one_key_for_two_stories) as weak:
        assert len(theft.by_values(weak)) == 30
    async with theft.planted(plants.one_key_for_two_days) as weak:
        assert len(days_in_one(weak, "lanes", "day")) == 1
    await finds(theft, plants.rows_in_the_order_of_coming, "came_accounts, place", "came_stories, place")
    await finds(theft, plants.seconds, "stories, revision", "subscribers, generation")
    await finds(theft, plants.seconds, "stories, revision", "stories, revision")
    await finds(theft, plants.sizes_as_they_are, "accounts, size of body", "subscribers, size of body")
    if stage.store.database.is_sqlite:
        plants.file_times(newsroom.data / "files", theft.busy)
        await finds(theft, plants.seconds, "files on the disk, time", "subscribers, generation")
    assert theft.by_values(await theft.haul()) == []


async def finds(theft: Theft, plant: Plant, *orders: str) -> None:
    async with theft.planted(plant) as weak:
        found = theft.by_order(weak)
    assert tuple(sorted(orders)) in {tuple(sorted(pair)) for pair in found}
