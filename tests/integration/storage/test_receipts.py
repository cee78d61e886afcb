"""From seven words to a story, and from nothing else; and what is left when the story goes."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from sqlalchemy import Engine, Table, event, func, insert, select

from storage.backup import backup
from storage.errors import Conflict, VaultError
from storage.ids import KeyId, StoryId
from storage.restore import restore
from storage.rotation import rotate
from storage.store import Store, Transaction
from storage.story import Status, Story
from storage.tables import receipts, stories, wraps
from storage.vault import DataKey, Lookup, Opened, Receipt
from storage.vault.receipts import draw, open_slowly, read, show
from tests.databases import ROOT, MakeNewsroom, Newsroom
from tests.integration.storage.people import agreed_story, tell_story
from tests.integration.storage.test_secrecy import all_rows, linked


def some_receipt() -> Opened:
    """As if words had been opened; that part takes long."""
    return Opened(lookup=Lookup(secrets.token_bytes(32)), key=DataKey.new())


async def told(store: Store) -> tuple[Story, Opened]:
    opened = some_receipt()
    async with store.write() as tx:
        story = await tell_story(tx)
        await tx.receipts.issue(story, opened)
    return story, opened


async def found(store: Store, opened: Opened) -> StoryId | None:
    async with store.read() as tx:
        return await tx.receipts.find(opened)


async def story_key(store: Store, opened: Opened) -> tuple[KeyId, DataKey] | None:
    async with store.read() as tx:
        return await tx.receipts.story_key(opened)


async def rows_of(store: Store, *tables: Table) -> list[list[dict[str, Any]]]:
    async with store.read() as tx:
        every = [(await tx.work.connection.execute(select(table))).all() for table in tables]
    return [[dict(row._mapping) for row in rows] for rows in every]


async def counts(store: Store) -> list[int]:
    """Receipts, and keys."""
    return [len(rows) for rows in await rows_of(store, receipts, wraps)]


async def test_a_slip_of_paper_finds_its_story(store: Store) -> None:
    receipt = draw()
    opened = await open_slowly(receipt, store.pepper)
    async with store.write() as tx:
        story = await tell_story(tx)
        await tell_story(tx, 2)
        await tx.receipts.issue(story, opened)
    typed = read(show(receipt))
    assert isinstance(typed, Receipt)
    assert await found(store, await open_slowly(typed, store.pepper)) == story.id
    assert await found(store, await open_slowly(draw(), store.pepper)) is None


async def test_each_receipt_finds_its_own_story_also_after_a_restart(store: Store, newsroom: Newsroom) -> None:
    first, second = await told(store), await told(store)
    await store.close()
    again = await newsroom.open()
    for story, opened in (first, second):
        assert await found(again, opened) == story.id
        assert await story_key(again, opened) == (story.key_id, await key_of(again, story))
    assert await found(again, some_receipt()) is None
    assert await story_key(again, some_receipt()) is None
    await again.close()


async def key_of(store: Store, story: Story) -> DataKey:
    async with store.read() as tx:
        return await tx.work.keys.get(tx.work.connection, story.key_id)


async def test_a_new_receipt_makes_the_old_one_worthless(store: Store) -> None:
    story, old = await told(store)
    before = await counts(store)
    new = some_receipt()
    async with store.write() as tx:
        await tx.receipts.issue(story, new)
    assert [await found(store, old), await found(store, new)] == [None, story.id]
    assert await counts(store) == before


async def test_nothing_of_a_receipt_outlives_its_story(store: Store) -> None:
    async with store.write() as tx:
        await tx.stories.shred(await tell_story(tx))  # now its author's account is known
    before = await counts(store)
    story, opened = await told(store)
    unread, its_receipt = await told(store)
    async with store.write() as tx:
        await tx.stories.shred(story)
        await tx.stories.shred_unread(unread.id)
    assert [await found(store, one) for one in (opened, its_receipt)] == [None, None]
    assert [await story_key(store, one) for one in (opened, its_receipt)] == [None, None]
    assert await counts(store) == before


async def test_a_story_that_was_shredded_meanwhile_gets_no_receipt(store: Store) -> None:
    """It would hold the key that was destroyed."""
    async with store.write() as tx:
        story = await tell_story(tx)
    async with store.write() as tx:
        await tx.stories.shred(story)
    with pytest.raises(Conflict):
        async with store.write() as tx:
            await tx.receipts.issue(story, some_receipt())
    assert (await counts(store))[0] == 0


async def test_the_ring_may_change_as_often_as_it_likes(store: Store) -> None:
    story, opened = await told(store)
    for _ in range(2):
        await rotate(store, lambda _done, _total: None)
        assert await found(store, opened) == story.id
        assert await story_key(store, opened) == (story.key_id, await key_of(store, story))


async def test_once_the_ring_has_changed_an_old_copy_opens_nothing_even_with_the_words(
    store: Store, newsroom: Newsroom
) -> None:
    """A thief has last week's rows, today's ring, the root key, and the slip of paper."""
    story, opened = await told(store)
    copies = await rows_of(store, stories, receipts, wraps)
    async with store.write() as tx:
        await tx.stories.shred(story)

    async def stolen() -> tuple[StoryId | None, tuple[KeyId, DataKey] | None]:
        thief = await newsroom.open()
        try:
            async with thief.write() as tx:
                for table, rows in zip((stories, receipts, wraps), copies, strict=True):
                    await tx.work.connection.execute(tx.work.insert_new(table), rows)
                result = await tx.receipts.find(opened), await tx.receipts.story_key(opened)
                await tx.stories.shred_unread(story.id)
                return result
        finally:
            await thief.close()

    before = await stolen()
    assert before[0] == story.id  # until then they can
    assert before[1] is not None
    await rotate(store, lambda _done, _total: None)
    with pytest.raises(VaultError):
        await stolen()


async def test_the_ring_alone_does_not_give_the_story_s_key(store: Store) -> None:
    """Who holds the server, but not the words: the row opens, what is in it for the receipt does not."""
    story, opened = await told(store)
    without_words = Opened(lookup=opened.lookup, key=DataKey.new())
    assert await found(store, without_words) == story.id
    assert await story_key(store, without_words) is None


async def test_a_published_story_keeps_its_receipt_but_not_the_old_key(store: Store) -> None:
    opened = some_receipt()
    async with store.write() as tx:
        story = await agreed_story(tx)
        await tx.receipts.issue(story, opened)
        story = await tx.stories.move(story, Status.SCHEDULED)
        story = await tx.stories.move(story, Status.PUBLISHED)
    [before] = await rows_of(store, receipts)
    async with store.write() as tx:
        await tx.stories.forget_sources(story)
    [after] = await rows_of(store, receipts)
    assert await found(store, opened) == story.id
    assert await story_key(store, opened) is None
    assert len(before[0]["body"]) == len(after[0]["body"])
    async with store.read() as tx:
        kept = select(func.count()).where(wraps.c.key_id == before[0]["key_id"])
        assert (await tx.work.connection.execute(kept)).scalar() == 0


async def test_a_receipt_can_t_be_joined_to_its_story_nor_two_to_each_other(store: Store) -> None:
    story, opened = await told(store)
    other, its_receipt = await told(store)
    groups = linked(await all_rows(store))
    assert len({groups[value] for value in (story.id, other.id, opened.lookup, its_receipt.lookup)}) == 4

    # A row that named its story would be seen.
    async with store.write() as tx:
        await tx.work.connection.execute(
            insert(receipts).values(lookup=b"l" * 32, story=b"s" * 32, key_id=story.key_id, body=b"")
        )
    groups = linked(await all_rows(store))
    assert groups[b"l" * 32] == groups[story.id]


async def test_all_rows_are_of_one_size(store: Store) -> None:
    await told(store)
    async with store.write() as tx:
        story = await tell_story(tx, text="Долгая история. " * 1000)
        await tx.receipts.issue(story, some_receipt())
        await tx.receipts.drop_key(story.id)
    await told(store)
    [rows] = await rows_of(store, receipts)
    assert len(rows) == 3
    assert len({len(row["body"]) for row in rows}) == 1


async def test_a_row_put_in_another_s_place_does_not_open(store: Store) -> None:
    _, first = await told(store)
    _, second = await told(store)
    async with store.write() as tx:
        moved = (await tx.work.connection.execute(select(receipts).where(receipts.c.lookup == first.lookup))).one()
        place = receipts.update().where(receipts.c.lookup == second.lookup)
        await tx.work.connection.execute(place.values(key_id=moved.key_id, body=moved.body))
    with pytest.raises(VaultError):
        await found(store, second)


async def test_a_wrong_receipt_asks_the_database_as_often_as_a_right_one(store: Store, newsroom: Newsroom) -> None:
    _, right = await told(store)
    await store.close()
    again = await newsroom.open()
    async with again.read() as tx:
        assert await statements(tx, some_receipt()) == await statements(tx, right) == 2
    await again.close()


async def statements(tx: Transaction, opened: Opened) -> int:
    counted = []

    def count(*_: object) -> None:
        counted.append(1)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        await tx.receipts.find(opened)
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    return len(counted)


async def test_a_restored_newsroom_knows_the_receipts(
    store: Store, newsroom: Newsroom, make_newsroom: MakeNewsroom
) -> None:
    story, opened = await told(store)
    home = newsroom.home
    made = await backup(store, home / "copies", ROOT, ring=newsroom.ring, keys_target=home / "ring copies")
    elsewhere = make_newsroom("sqlite")
    await elsewhere.prepare(migrated=False)
    await restore(made.copy, ROOT, data=elsewhere.data, ring=elsewhere.ring, database=None)
    again = await elsewhere.open()
    assert await found(again, opened) == story.id
    assert await story_key(again, opened) is not None
    await again.close()
