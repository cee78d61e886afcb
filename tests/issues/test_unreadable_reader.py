"""One reader whose row did not open raised through the page, and what handed a story out failed again and again: nobody
behind that row got it. A page of nothing but such rows must not look like the end either.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from storage.ids import SubscriberId, new_id
from storage.store import Store
from storage.tables import subscribers
from tests.integration.storage.people import account, chat

PAGE = 2


async def test_the_readers_behind_rows_that_do_not_open_are_reached(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    async with store.write() as tx:
        for number in range(5):
            await tx.subscribers.join(account(number), chat(number), "ru")
        ids = list((await tx.work.connection.execute(select(subscribers.c.id).order_by(subscribers.c.id))).scalars())
        damaged = update(subscribers).where(subscribers.c.id.in_(ids[:PAGE])).values(body=b"\x01" * 200)
        await tx.work.connection.execute(damaged)
        broadcast_id = await tx.broadcasts.begin("story", new_id())
        assert broadcast_id is not None
        broadcast = await tx.broadcasts.find(broadcast_id)
        assert broadcast is not None
        assert await tx.cutting.are_cut(broadcast)
        shard = await tx.shards.lease(broadcast, b"o" * 16)
        assert shard is not None
    reached: list[SubscriberId] = []
    unreadable: list[SubscriberId] = []
    after: SubscriberId | None = None
    async with store.read() as tx:
        while (page := await tx.recipients.page(broadcast, shard, after, PAGE)).last is not None:
            reached += [one.reader.id for one in page.recipients]
            unreadable += page.unreadable
            after = page.last
    assert (unreadable, reached) == (ids[:PAGE], ids[PAGE:])
    assert caplog.messages == ["a reader who can't be read gets nothing: Unreadable"] * PAGE
