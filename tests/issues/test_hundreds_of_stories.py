"""Each story of the queue fetched its own key, and a turn opened all of them twice: 300 stories took half a second, in
which everybody else waited.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from storage.address import Address
from storage.private import Private
from storage.sealed import open_record
from storage.store import Transaction
from storage.story import OPEN
from tests.databases import Newsroom

STORIES = 12


async def tell(tx: Transaction, number: int) -> None:
    author = Address(platform="stage", bot="main", chat=Private(f"author {number}"))
    await tx.stories.create(
        text=Private("Слова."), language="ru", alias=f"Вереск-{number}", byline=None, attachments=(), author=author
    )


@contextmanager
def statements() -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def test_a_list_fetches_all_its_keys_at_once(newsroom: Newsroom) -> None:
    first = await newsroom.open()
    async with first.write() as tx:
        for number in range(STORIES):
            await tell(tx, number)
    await first.close()
    store = await newsroom.open()  # which knows no key yet
    with statements() as said:
        async with store.read() as tx:
            assert len(await tx.stories.listed(OPEN)) == STORIES
    assert len([one for one in said if "FROM wraps" in one]) == 1
    assert len([one for one in said if "FROM stories" in one]) == 1
    await store.close()


async def test_a_turn_opens_each_story_once(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    store, opened = await newsroom.open(), []

    async def counted(*about: Any) -> Any:
        opened.append(about)
        return await open_record(*about)

    monkeypatch.setattr("storage.story_rows.open_record", counted)
    async with store.write() as tx:
        for number in range(STORIES):
            await tell(tx, number)
        assert await tx.stories.listed(OPEN) == await tx.stories.listed(OPEN)
        assert len(opened) == STORIES
        story, *_ = await tx.stories.listed(OPEN)
        await tx.stories.offer(story)
        assert [one.revision for one in await tx.stories.listed(OPEN) if one.id == story.id] == [2]  # not the old one
    await store.close()
