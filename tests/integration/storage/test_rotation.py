"""`keys rotate`: whatever happens meanwhile, everything that was not shredded opens, and one key is left."""

from __future__ import annotations

import asyncio
import signal
import sys

import pytest
from sqlalchemy import select, text, update

from storage import rotation
from storage.errors import Unreadable
from storage.rotation import rotate
from storage.store import Store
from storage.story import Story
from storage.tables import wraps
from tests.databases import BOTH_BUT_POSTGRESQL_IN_SOAK, Newsroom
from tests.integration.storage.beside import KILL_POINTS
from tests.integration.storage.people import account, story_ids, tell_story

STORIES = 10
"""each with three keys"""
STATEMENTS = (14, 27)
"""at which statement a rotation dies, besides the points that have a name"""


def quiet(_done: int, _total: int) -> None:
    pass


async def fill(store: Store) -> list[Story]:
    async with store.write() as tx:
        return [await tell_story(tx, number) for number in range(STORIES)]


async def assert_everything_opens(newsroom: Newsroom, *, keys: int | None = None) -> int:
    """Looks with a store that remembers no key. Returns how many stories there are."""
    store = await newsroom.open()
    async with store.read() as tx:
        ids = await story_ids(tx)
        for story_id in ids:
            story = await tx.stories.get(story_id)
            assert story is not None
            await tx.stories.text(story)
            assert await tx.stories.routes.find(story_id) is not None
        for number in range(STORIES):
            await tx.contributors.stories(account(number))
        keks = set((await tx.work.connection.execute(select(wraps.c.kek))).scalars())
    numbers = [key.number for key in store.keys.ring.keys]
    assert keks <= set(numbers)
    if keys is not None:
        assert len(numbers) == keys
        assert keks == set(numbers)
    await store.close()
    return len(ids)


async def run(what: str, newsroom: Newsroom, *rest: str) -> asyncio.subprocess.Process:
    arguments = ("-m", "tests.integration.storage.beside", what, *newsroom.place, *rest)
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(sys.executable, *arguments, stdin=pipe, stdout=pipe)


async def test_every_key_is_moved_and_the_old_one_destroyed(store: Store, newsroom: Newsroom) -> None:
    await fill(store)
    steps: list[tuple[int, int]] = []
    old = store.keys.ring.current
    new = await rotate(store, lambda done, total: steps.append((done, total)))
    assert new == old + 1
    assert steps[0][0] == 0
    assert steps[-1][0] == steps[-1][1] == 3 * STORIES + 1  # and the canary's
    assert await assert_everything_opens(newsroom, keys=1) == STORIES
    await fill(store)  # a service that was open all the time goes on with the new key
    assert await assert_everything_opens(newsroom, keys=1) == 2 * STORIES


async def test_a_ring_from_before_opens_nothing_that_was_shredded_before(newsroom: Newsroom) -> None:
    store = await newsroom.open()
    stories = await fill(store)
    async with store.read() as tx:
        stolen = (await tx.work.connection.execute(select(wraps).where(wraps.c.key_id == stories[0].key_id))).one()
    async with store.write() as tx:
        await tx.stories.shred(stories[0])
    await rotate(store, quiet)
    assert stolen.kek not in [key.number for key in store.keys.ring.keys]
    await store.close()


@BOTH_BUT_POSTGRESQL_IN_SOAK
@pytest.mark.parametrize("point", [*KILL_POINTS, *map(str, STATEMENTS)])
async def test_killed_at_any_point_nothing_is_lost_and_the_next_run_ends_it(newsroom: Newsroom, point: str) -> None:
    store = await newsroom.open()
    await fill(store)
    if point == "one key is destroyed":  # there must be two to destroy
        store.keys.ring.add_key()
    process = await run("rotate", newsroom, point)
    await process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert await assert_everything_opens(newsroom) == STORIES
    await fill(store)
    assert await assert_everything_opens(newsroom) == 2 * STORIES
    await rotate(store, quiet)
    assert await assert_everything_opens(newsroom, keys=1) == 2 * STORIES
    await store.close()


async def test_beside_a_service_that_writes_and_shreds_all_the_time(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 25)
    store = await newsroom.open()
    await fill(store)
    service = await run("write", newsroom)
    assert service.stdout is not None
    assert await service.stdout.readline() == b"writing\n"
    for _ in range(3):
        await rotate(store, quiet)
    told, _ = await service.communicate(b"")
    assert service.returncode == 0
    assert int(told) > 0
    assert await assert_everything_opens(newsroom) == STORIES + int(told)
    await rotate(store, quiet)
    assert await assert_everything_opens(newsroom, keys=1) == STORIES + int(told)
    await store.close()


async def test_two_rotations_at_once_end_as_one(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 3)
    here, there = await newsroom.open(), await newsroom.open()
    await fill(here)
    await asyncio.gather(rotate(here, quiet), rotate(there, quiet))
    await here.close()
    await there.close()
    store = await newsroom.open()
    await rotate(store, quiet)
    await store.close()
    assert await assert_everything_opens(newsroom, keys=1) == STORIES


async def test_what_is_shredded_while_it_is_moved_stays_shredded(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 3)
    store = await newsroom.open()
    stories = await fill(store)
    shredding: list[asyncio.Task[None]] = []

    async def shred(story: Story) -> None:
        async with store.write() as tx:
            await tx.stories.shred(story)

    def meanwhile(_done: int, _total: int) -> None:
        if stories:
            shredding.append(asyncio.create_task(shred(stories.pop())))

    await rotate(store, meanwhile)
    await asyncio.gather(*shredding)
    left = await assert_everything_opens(newsroom, keys=1)
    assert left == len(stories) < STORIES
    async with store.read() as tx:
        lists = STORIES  # the accounts' lists keep their keys
        assert len((await tx.work.connection.execute(select(wraps))).all()) == 2 * left + lists + 1
    await store.close()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_a_writer_that_has_read_the_old_number_is_waited_for(newsroom: Newsroom) -> None:
    service, keys = await newsroom.open(), await newsroom.open()
    async with service.write() as tx:
        await tell_story(tx)  # wrapped under the old key, not committed yet
        rotating = asyncio.create_task(rotate(keys, quiet))
        async with keys.read() as looking:
            waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            while (await looking.work.connection.execute(waiting)).scalar_one() == 0:
                assert not rotating.done()
        assert not rotating.done()
    await rotating
    await service.close()
    await keys.close()
    assert await assert_everything_opens(newsroom, keys=1) == 1


async def test_a_wrap_that_does_not_open_keeps_every_older_key(newsroom: Newsroom) -> None:
    store = await newsroom.open()
    stories = await fill(store)
    async with store.write() as tx:
        row = wraps.c.key_id == stories[3].key_id
        blob = (await tx.work.connection.execute(select(wraps.c.wrap).where(row))).scalar_one()
        altered = blob[:-1] + bytes([blob[-1] ^ 1])
        await tx.work.connection.execute(update(wraps).where(row).values(wrap=altered))
    with pytest.raises(Unreadable, match="1 of the wrapped keys"):
        await rotate(store, quiet)
    assert len(store.keys.ring.keys) == 2
    async with store.write() as tx:  # mended from a back-up
        await tx.work.connection.execute(update(wraps).where(row).values(wrap=blob))
    await rotate(store, quiet)
    await store.close()
    assert await assert_everything_opens(newsroom, keys=1) == STORIES
