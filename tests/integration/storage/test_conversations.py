"""Conversations: one state a chat, and no way back to an ended draft."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from storage.errors import Conflict
from storage.ids import KeyId
from storage.store import Store
from storage.tables import wraps
from tests.databases import Newsroom
from tests.integration.storage.people import chat


async def say(store: Store, body: bytes, *, fresh_key: bool = False) -> None:
    async with store.write() as tx:
        here = tx.messages.chat_hash(chat())
        await tx.conversations.save(here, body, await tx.conversations.load(here), fresh_key=fresh_key)


async def test_a_conversation_is_read_as_it_was_written(store: Store) -> None:
    for body in (b"first", b"second", b"third"):
        await say(store, body)
    async with store.read() as tx:
        stored = await tx.conversations.load(tx.messages.chat_hash(chat()))
        assert stored is not None
        assert (stored.body, stored.revision) == (b"third", 3)
        assert await tx.conversations.load(tx.messages.chat_hash(chat(2))) is None


async def test_who_read_an_older_state_may_not_write(store: Store) -> None:
    await say(store, b"first")
    async with store.read() as tx:
        here = tx.messages.chat_hash(chat())
        old = await tx.conversations.load(here)
    await say(store, b"second")
    with pytest.raises(Conflict):
        async with store.write() as tx:
            await tx.conversations.save(here, b"late", old, fresh_key=False)
    with pytest.raises(Conflict):
        async with store.write() as tx:
            await tx.conversations.save(here, b"a second beginning", None, fresh_key=False)


async def keys(store: Store) -> set[KeyId]:
    async with store.read() as tx:
        return {KeyId(key) for key in (await tx.work.connection.execute(select(wraps.c.key_id))).scalars()}


async def test_the_end_of_a_draft_destroys_its_key(newsroom: Newsroom) -> None:
    store = await newsroom.open()
    await say(store, b"draft")
    before = await keys(store)
    await say(store, b"menu", fresh_key=True)
    assert len(before - await keys(store)) == 1
    assert len(await keys(store)) == len(before)
    await store.close()
    store = await newsroom.open()
    async with store.read() as tx:
        stored = await tx.conversations.load(tx.messages.chat_hash(chat()))
        assert stored is not None
        assert stored.body == b"menu"
        assert "menu" not in repr(stored)
    await store.close()


async def test_a_shredded_conversation_leaves_no_key(store: Store) -> None:
    empty = await keys(store)
    await say(store, b"draft")
    async with store.write() as tx:
        await tx.conversations.shred(tx.messages.chat_hash(chat()))
    assert await keys(store) == empty
