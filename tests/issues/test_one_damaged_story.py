"""One row of a story that did not open locked its author out: home, "my stories" and "delete everything" all looked at
each of their stories, so none of them answered any more, and nothing could be deleted. One text that did not open took
the list of the latest stories from every reader.
"""

from __future__ import annotations

import pytest
from sqlalchemy import Table, update

from storage.store import Store
from storage.story import Status
from storage.tables import accounts, stories, versions
from tests.databases import BOTH_BUT_POSTGRESQL_IN_SOAK, Newsroom
from tests.integration.flows.people import Cast
from tests.integration.storage.people import story_ids
from tests.issues.stages import newsroom_stage

pytestmark = BOTH_BUT_POSTGRESQL_IN_SOAK

SECOND = "Летом нас стало больше."


async def damage(store: Store, table: Table, story: bytes) -> None:
    async with store.write() as tx:
        key = table.c.id if table is stories else table.c.story
        await tx.work.connection.execute(update(table).where(key == story).values(body=b"\x01" * 600))


async def two_stories(cast: Cast) -> tuple[bytes, bytes]:
    await cast.submit(cast.author)
    async with cast.stage.store.read() as tx:
        (first,) = await story_ids(tx)
    await cast.submit(cast.author, SECOND)
    async with cast.stage.store.read() as tx:
        (second,) = [story for story in await story_ids(tx) if story != first]
    return first, second


@pytest.mark.parametrize("table", [stories, versions], ids=["stories", "versions"])
async def test_does_not_lock_its_author_out(store: Store, newsroom: Newsroom, table: Table) -> None:
    cast = Cast(stage=newsroom_stage(store), data=newsroom.data)
    first, _ = await two_stories(cast)
    await damage(store, table, first)
    await cast.author.says("/start")
    await cast.author.expects("можно")
    await cast.author.says("/mine")
    await cast.author.presses("История 1: у редакторов")
    await cast.author.expects("История у редакторов с")
    await cast.author.says("/delete")
    await cast.author.presses("Да, удалить всё")
    await cast.author.expects("у нас о вас больше ничего нет")
    assert {"stories", "versions", "routes", "accounts"}.isdisjoint(await cast.rows())
    assert await cast.keys_without_use() == 0


async def test_does_not_take_the_others_from_readers(store: Store, newsroom: Newsroom) -> None:
    cast = Cast(stage=newsroom_stage(store), data=newsroom.data)
    first, _ = await two_stories(cast)
    async with store.write() as tx:
        for one in await story_ids(tx):
            story = await tx.stories.get(one)
            assert story is not None
            for status in (Status.CONSENT, Status.AGREED, Status.SCHEDULED, Status.PUBLISHED):
                story = await tx.stories.move(story, status)
    await damage(store, versions, first)
    await cast.reader.says("/stories")
    await cast.reader.expects(SECOND)


async def test_nor_does_a_damaged_list_of_them(store: Store, newsroom: Newsroom) -> None:
    cast = Cast(stage=newsroom_stage(store), data=newsroom.data)
    await cast.submit(cast.author)
    async with store.write() as tx:
        await tx.work.connection.execute(update(accounts).values(body=b"\x01" * 600))
    await cast.author.says("/start")
    await cast.author.expects("можно")
    await cast.submit(cast.author, SECOND)
    await cast.author.says("/mine")
    await cast.author.presses("История 1")
    await cast.author.expects("История у редакторов с")
    assert await cast.keys_without_use() == 0


async def test_does_not_keep_its_author_from_deleting_everything_once_it_is_out(
    store: Store, newsroom: Newsroom
) -> None:
    cast = Cast(stage=newsroom_stage(store), data=newsroom.data)
    anna, boris = await cast.editors()
    await cast.publish(cast.author, anna, boris)
    async with store.read() as tx:
        (story,) = await story_ids(tx)
    await damage(store, versions, story)
    await cast.author.says("/delete")
    await cast.author.presses("Да, удалить всё")
    await cast.author.expects("у нас о вас больше ничего нет")
    assert {"stories", "versions", "routes", "accounts"}.isdisjoint(await cast.rows())
