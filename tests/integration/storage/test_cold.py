"""Cold stories: the server reads nothing of them any more; the newsroom's words and the author's receipt do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec import structs
from sqlalchemy import select

from storage.codec import decode
from storage.cold import COLD, STORY_KEY, Frozen
from storage.cold_file import open_copy, open_files, read_head, sealed_copy, thaw, way_back
from storage.errors import ArchiveDamaged, Conflict, KeyMissing, Unreadable
from storage.ids import KeyId
from storage.private import Private
from storage.rotation import rotate
from storage.store import Store
from storage.story import Attachment, Contact, Story
from storage.tables import blobs, offline, wraps
from storage.vault import DataKey, Holder, Lookup, Opened, open_sealed, unwrap
from storage.vault.newsroom import draw, keep_newsroom_key
from tests.databases import ROOT, Newsroom
from tests.integration.storage.people import MARKER, chat, tell_story

KEY = draw().key
PHOTO = bytes(range(256)) * 500
RECEIPT = Opened(lookup=Lookup(b"r" * 32), key=DataKey.new())


@pytest.fixture
async def store(newsroom: Newsroom) -> AsyncIterator[Store]:
    """Of a newsroom with an offline key."""
    keep_newsroom_key(newsroom.ring.with_name("newsroom.key"), KEY.public, ROOT)
    store = await newsroom.open()
    yield store
    await store.close()


async def pieces() -> AsyncIterator[bytes]:
    yield PHOTO


def read_whole(file: Path) -> list[bytes]:
    return [b"".join(plain) for _, plain in open_files(file, open_copy(file, KEY).frozen)]


async def told(store: Store) -> Story:
    """With a photo, a question and a receipt."""
    blob = await store.blobs.save(pieces())
    async with store.write() as tx:
        await tx.blobs.keep([blob])
        photo = Attachment(kind="photo", blob=blob, size=len(PHOTO), caption=Private(f"{MARKER} a bridge"))
        story = await tx.stories.create(
            text=Private(f"{MARKER} Мне было страшно."),
            language="ru",
            alias="Снегирь",
            byline=Private(f"{MARKER} Анна"),
            attachments=(photo,),
            author=chat(),
            region=Private(f"{MARKER} Сибирь"),
        )
        await tx.questions.ask(story, Private(f"{MARKER} Где?"))
        await tx.receipts.issue(story, RECEIPT)
        return story


async def told_without_receipt(store: Store) -> Story:
    async with store.write() as tx:
        return await tell_story(tx)


async def gone_cold(store: Store, story: Story) -> Story:
    async with store.write() as tx:
        return await tx.stories.go_cold(story)


async def test_the_server_reads_nothing_of_it(store: Store, newsroom: Newsroom) -> None:
    story = await told(store)
    photo = story.details.attachments[0].blob
    async with store.read() as tx:
        photo_key = KeyId((await tx.work.connection.execute(select(blobs.c.key_id))).scalar_one())
    cold = await gone_cold(store, story)
    afresh = await newsroom.open()  # with nothing in memory
    for reader in (store, afresh):
        async with reader.read() as tx:
            found = await tx.stories.get(story.id)
            assert found == cold
            details = found.details
            assert (details.byline, details.region, details.notes) == (None, None, ())
            assert details.attachments[0].caption.reveal() == ""
            assert (details.alias, details.card) == (story.details.alias, story.details.card)
            for key_id in (story.key_id, photo_key):
                with pytest.raises(Unreadable):
                    await reader.keys.get(tx.work.connection, key_id)
            with pytest.raises(Unreadable):
                await tx.stories.text(found)
            assert await tx.questions.all(found) == []
        with pytest.raises(Unreadable):
            assert [piece async for piece in reader.blobs.load(photo)]
    await afresh.close()


async def test_the_words_open_its_copy_elsewhere(store: Store, tmp_path: Path) -> None:
    story = await told(store)
    await gone_cold(store, story)
    await rotate(store, lambda _done, _total: None)
    file = tmp_path / "story"
    file.write_bytes(b"".join([piece async for piece in sealed_copy(store, story.id)]))
    assert MARKER.encode() not in file.read_bytes()
    assert read_head(file).newsroom == KEY.public.name
    opened = open_copy(file, KEY)
    assert opened.frozen.details == story.details
    assert [text.text.reveal() for _, text in opened.versions] == [f"{MARKER} Мне было страшно."]
    assert [asked.question.reveal() for asked in opened.questions] == [f"{MARKER} Где?"]
    assert [(blob, b"".join(plain)) for blob, plain in open_files(file, opened.frozen)] == [
        (story.details.attachments[0].blob, PHOTO)
    ]
    with pytest.raises(Unreadable):
        open_copy(file, draw().key)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_copy_that_is_cut_off_or_altered_is_refused(store: Store, tmp_path: Path) -> None:
    story = await told(store)
    await gone_cold(store, story)
    whole = b"".join([piece async for piece in sealed_copy(store, story.id)])
    file = tmp_path / "story"
    for content in (whole[:-1], whole[:-30], whole[:20], b"", whole[: len(whole) // 2]):
        file.write_bytes(content)
        with pytest.raises((ArchiveDamaged, Unreadable)):
            read_whole(file)


async def test_it_is_thawed_by_what_the_words_have_made_elsewhere(
    store: Store, newsroom: Newsroom, tmp_path: Path
) -> None:
    story = await told(store)
    cold = await gone_cold(store, story)
    async with store.write() as tx:  # its author decides meanwhile
        details = structs.replace(cold.details, contact=Contact.RETURN)
        await tx.stories.amend(cold, details)
    file = tmp_path / "story"
    file.write_bytes(b"".join([piece async for piece in sealed_copy(store, story.id)]))
    back = way_back(file, KEY)
    await rotate(store, lambda _done, _total: None)
    for wrong in (back[:-1], back[:-1] + bytes([back[-1] ^ 1]), b"TZBACK" + back[6:23] + KEY.public.raw, b""):
        with pytest.raises((Conflict, Unreadable)):
            async with store.write() as tx:
                await thaw(tx, wrong)
    async with store.write() as tx:
        await thaw(tx, back)
    afresh = await newsroom.open()
    async with afresh.read() as tx:
        warm = await tx.stories.get(story.id)
        assert warm is not None
        assert warm.details == structs.replace(story.details, contact=Contact.RETURN)
        assert (await tx.stories.text(warm)).reveal() == f"{MARKER} Мне было страшно."
        assert [asked.question.reveal() for asked in await tx.questions.all(warm)] == [f"{MARKER} Где?"]
        assert await tx.receipts.find(RECEIPT) == story.id
    photo = story.details.attachments[0].blob
    assert b"".join([piece async for piece in afresh.blobs.load(photo)]) == PHOTO
    await gone_cold(afresh, warm)
    await afresh.close()


async def test_its_author_s_receipt_opens_it_and_takes_it_back(store: Store) -> None:
    story = await told(store)
    cold = await gone_cold(store, story)
    async with store.write() as tx:
        assert await tx.receipts.find(RECEIPT) == story.id
        held = await tx.receipts.story_key(RECEIPT)
        assert held is not None
        key_id, key = held
        assert key_id == story.key_id
        wrapped = await tx.stories.wrapped(story.id)
        assert wrapped is not None
        assert wrapped[1] is not None
        frozen: Frozen = decode(Frozen, open_sealed(key, COLD, story.id, 0, wrapped[1]))
        assert frozen.details == story.details
        await tx.blobs.shred([one.blob for one in cold.details.attachments])
        await tx.stories.shred(cold)
    async with store.read() as tx:
        assert await tx.stories.get(story.id) is None
        assert await tx.stories.wrapped(story.id) is None
        assert await tx.receipts.find(RECEIPT) is None


async def test_a_shredded_story_opens_with_no_words_once_the_ring_has_changed(store: Store, newsroom: Newsroom) -> None:
    """What the newsroom's key opens lies inside what the ring opens: old rows are worth nothing without their ring."""
    story = await told(store)
    cold = await gone_cold(store, story)
    async with store.read() as tx:
        [row] = (await tx.work.connection.execute(select(offline))).all()
        [wrap] = (await tx.work.connection.execute(select(wraps).where(wraps.c.key_id == row.key_id))).all()
    async with store.write() as tx:
        await tx.stories.shred(cold)
    unwrap(store.keys.ring, wrap.wrap, wrap.key_id, Holder.RING)  # before: a copy of the rows would do
    await rotate(store, lambda _done, _total: None)
    with pytest.raises(KeyMissing):
        unwrap(store.keys.ring, wrap.wrap, wrap.key_id, Holder.RING)
    with pytest.raises(Unreadable):
        KEY.open(STORY_KEY, story.id, row.body)


async def test_nothing_goes_cold_twice_or_without_a_key(store: Store) -> None:
    story = await told(store)
    cold = await gone_cold(store, story)
    for again in (story, cold):
        with pytest.raises((Conflict, Unreadable)):
            await gone_cold(store, again)
    store.newsroom = None
    other = await told_without_receipt(store)
    with pytest.raises(Conflict):
        await gone_cold(store, other)
