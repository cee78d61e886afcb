"""Who left, deleted what was theirs or was removed after a back-up does not come back by it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from storage.backup import Made, backup
from storage.clock import day_of
from storage.copies import COPY_DAYS
from storage.departed import Departed
from storage.errors import StorageError, Unreadable
from storage.ids import BlobId
from storage.private import Private
from storage.restore import Restored, restore
from storage.store import Store
from storage.story import Status
from storage.tombstones import Tombstones
from storage.vault import DataKey, Lookup, Opened
from tests.clock import Clock
from tests.databases import ROOT, MakeNewsroom, Newsroom
from tests.integration.storage.people import account, agreed_story, chat, story_ids, tell_story
from tests.integration.storage.test_secrecy import all_rows


async def back_up(store: Store, newsroom: Newsroom) -> Made:
    home = newsroom.home
    return await backup(store, home / "copies", ROOT, ring=newsroom.ring, keys_target=home / "ring copies")


async def bring_back(made: Made, into: Newsroom) -> Restored:
    return await restore(made.copy, ROOT, data=into.data, ring=into.ring, database=into.url)


async def photo(store: Store) -> BlobId:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"a photo"

    blob = await store.blobs.save(pieces())
    async with store.write() as tx:
        await tx.blobs.keep([blob])
    return blob


@pytest.fixture
async def elsewhere(engine: str, make_newsroom: MakeNewsroom) -> AsyncIterator[Newsroom]:
    """An empty place on the same engine."""
    newsroom = make_newsroom(engine)
    await newsroom.prepare(migrated=False)
    yield newsroom
    await newsroom.remove()


async def test_nobody_who_left_comes_back(store: Store, newsroom: Newsroom, elsewhere: Newsroom, clock: Clock) -> None:
    files = [await photo(store), await photo(store)]
    async with store.write() as tx:
        told = [await tell_story(tx, number) for number in (1, 2)]
        for number in (1, 2):
            await tx.receipts.issue(told[number - 1], Opened(lookup=Lookup(bytes([number]) * 32), key=DataKey.new()))
            await tx.subscribers.join(account(number), chat(number), "ru")
            await tx.conversations.save(tx.messages.chat_hash(chat(number)), b"a draft", None, fresh_key=True)
        former = await tx.editors.add(account(3), "Former")
    made = await back_up(store, newsroom)
    clock.pass_(days=2)
    async with store.write() as tx:
        stored = await tx.conversations.load(tx.messages.chat_hash(chat(1)))
        await tx.conversations.save(tx.messages.chat_hash(chat(1)), b"another draft", stored, fresh_key=True)
    async with store.write() as tx:
        await tx.stories.shred(told[0])
        await tx.blobs.shred([files[0]])
        await tx.contributors.forget(account(1))
        await tx.subscribers.leave(account(1))
        await tx.conversations.shred(tx.messages.chat_hash(chat(1)))
        await tx.editors.remove(former)
    await back_up(store, newsroom)  # who went is copied with the keys
    restored = await bring_back(made, elsewhere)
    assert restored.departed == Departed(stories=1, readers=1, rest=7)
    assert restored.files == 1
    assert restored.told_since == made.copy.day
    again = await elsewhere.open()
    async with again.read() as tx:
        assert await story_ids(tx) == [told[1].id]
        assert await tx.contributors.stories(account(1)) == ()
        assert await tx.contributors.stories(account(2)) == (told[1].id,)
        assert await tx.stories.routes.find(told[0].id) is None
        assert await tx.stories.routes.find(told[1].id) is not None
        assert [await tx.subscribers.language_of(account(number)) for number in (1, 2)] == [None, "ru"]
        assert await tx.conversations.load(tx.messages.chat_hash(chat(1))) is None
        assert await tx.conversations.load(tx.messages.chat_hash(chat(2))) is not None
        assert await tx.editors.all() == []
        assert await tx.blobs.existing(files) == {files[1]}
        with pytest.raises(Unreadable):
            await again.keys.get(tx.work.connection, told[0].key_id)
    await again.close()


async def test_of_a_published_story_only_what_readers_have_comes_back(
    store: Store, newsroom: Newsroom, elsewhere: Newsroom, clock: Clock
) -> None:
    """Its author has wanted all else deleted; one that waits for its release stays away as a whole."""
    async with store.write() as tx:
        published = await tx.stories.move(
            await tx.stories.move(await agreed_story(tx), Status.SCHEDULED), Status.PUBLISHED
        )
        await tx.questions.ask(published, Private("Where was that?"))
        waiting = await tx.stories.move(await agreed_story(tx), Status.SCHEDULED)
    made = await back_up(store, newsroom)
    clock.pass_(days=1)
    async with store.write() as tx:
        await tx.stories.forget_sources(published)
        waiting = await tx.stories.move(waiting, Status.PUBLISHED)
        await tx.stories.forget_sources(waiting)
    shutil.copy(newsroom.ring.with_name("tombstones"), made.copy.ring.with_suffix(".tombstones"))
    assert (await bring_back(made, elsewhere)).departed.stories == 1
    again = await elsewhere.open()
    async with again.read() as tx:
        assert await story_ids(tx) == [published.id]
        back = await tx.stories.get(published.id)
        assert back is not None
        assert back.key_id != published.key_id
        assert await tx.questions.all(back) == []
        assert await tx.stories.routes.find(published.id) is None
        assert (await tx.stories.text(back)).reveal().endswith("Мне было страшно.")
    await again.close()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_way_that_has_moved_does_not_come_back_to_where_it_led(
    store: Store, newsroom: Newsroom, elsewhere: Newsroom, clock: Clock
) -> None:
    async with store.write() as tx:
        story = await tell_story(tx)
        await tx.stories.routes.begin_move(story.id, chat(2), account(2))
    made = await back_up(store, newsroom)
    async with store.write() as tx:
        await tx.stories.routes.move(story.id)
        await tx.stories.shred(story)
    elsewhere.ring.parent.mkdir(mode=0o700)
    shutil.copy(newsroom.ring.with_name("tombstones"), elsewhere.ring.with_name("tombstones"))  # the folder is left
    await bring_back(made, elsewhere)
    again = await elsewhere.open()
    assert (await all_rows(again))["stories"] == []
    async with again.read() as tx:
        assert await tx.stories.routes.find(story.id) is None
    await again.close()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_move_that_was_refused_does_not_go_on(store: Store, newsroom: Newsroom, elsewhere: Newsroom) -> None:
    async with store.write() as tx:
        story = await tell_story(tx)
        await tx.stories.routes.begin_move(story.id, chat(2), account(2))
    made = await back_up(store, newsroom)
    async with store.write() as tx:
        await tx.stories.routes.cancel_move(story.id)
    shutil.copy(newsroom.ring.with_name("tombstones"), made.copy.ring.with_suffix(".tombstones"))
    await bring_back(made, elsewhere)
    again = await elsewhere.open()
    async with again.read() as tx:
        assert await tx.stories.routes.moving_to(story.id) is None
        assert await tx.stories.routes.find(story.id) is not None
    await again.close()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_who_came_back_before_the_back_up_stays(
    store: Store, newsroom: Newsroom, elsewhere: Newsroom, clock: Clock
) -> None:
    """All of it gone, and the same person told another story the same day."""
    async with store.write() as tx:
        old = await tell_story(tx)
        await tx.subscribers.join(account(), chat(), "ru")
        await tx.stories.shred(old)
        await tx.contributors.forget(account())
        await tx.subscribers.leave(account())
        new = await tell_story(tx)
        await tx.subscribers.join(account(), chat(), "ru")
    assert (await bring_back(await back_up(store, newsroom), elsewhere)).departed.stories == 0
    again = await elsewhere.open()
    async with again.read() as tx:
        assert await tx.contributors.stories(account()) == (new.id,)
        assert await tx.subscribers.language_of(account()) == "ru"
        assert await tx.stories.routes.find(new.id) is not None
    await again.close()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_nothing_is_deleted_that_could_not_be_marked(store: Store, newsroom: Newsroom) -> None:
    async with store.write() as tx:
        story = await tell_story(tx)
    marks = newsroom.ring.with_name("tombstones")
    marks.unlink()
    marks.mkdir()
    with pytest.raises(StorageError, match="nothing was deleted"):
        async with store.write() as tx:
            await tx.stories.shred(story)
    async with store.read() as tx:
        assert await tx.stories.get(story.id) is not None


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_who_left_is_remembered_as_long_as_a_copy_may_hold_them(
    store: Store, newsroom: Newsroom, clock: Clock
) -> None:
    async with store.write() as tx:
        await tx.stories.shred(await tell_story(tx))
    for days, remembered in ((COPY_DAYS - 1, True), (1, False)):
        clock.pass_(days=days)
        await back_up(store, newsroom)
        known = store.tombstones.known()
        assert bool(known.marks) == remembered
    assert known.since == day_of(clock.now()) - timedelta(days=COPY_DAYS - 1)


def test_half_a_mark_of_a_killed_writer_spoils_no_other(tmp_path: Path) -> None:
    tombstones, day = Tombstones(tmp_path / "tombstones", ROOT), date(2026, 3, 1)
    tombstones.add([b"one"], day)
    with tombstones.path.open("ab") as file:
        file.write(b"half")
    tombstones.add([b"two", b"three"], day)
    assert tombstones.known().marks == {tombstones.mark(name): day for name in (b"one", b"two", b"three")}
    assert b"one" not in tombstones.path.read_bytes()
