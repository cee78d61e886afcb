"""One reader whose row did not open raised through the page, and the job that hands a story out failed again and again:
nobody behind that row got it. A page of nothing but such rows must not look like the end either.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from storage.ids import StoryId, new_id
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
        broadcast_id = await tx.broadcasts.begin(StoryId(new_id()), "ru")
    reached = []
    async with store.write() as tx:
        while True:
            broadcast = await tx.broadcasts.get(broadcast_id)
            page = await tx.subscribers.page("ru", broadcast.generation, broadcast.reached, PAGE)
            if page.last is None:
                break
            reached += [reader.id for reader in page.readers]
            await tx.broadcasts.advance(broadcast, page.last, len(page.readers))
    assert reached == ids[PAGE:]
    assert broadcast.handed == len(reached)
    assert caplog.messages == ["a reader who can't be read gets nothing: Unreadable"] * PAGE
