"""A card was to follow what the author had done, and in the same moment an editor saved a new version. On PostgreSQL
both wrote the card, each by what it had read: the timer's, which had read the story before and wrote the card after,
took the place of the editor's, and the room went on reading "version 1" until somebody's next step.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import text

from bot.flows.testing import Stage
from handlers.editors import card
from handlers.editors.following import FOLLOW
from handlers.progress import note_progress
from storage.ids import StoryId
from storage.private import Private
from storage.store import Store
from storage.story import Story
from tests.databases import Newsroom
from tests.integration.flows.people import Cast
from tests.issues.stages import newsroom_stage


@pytest.fixture
def engine() -> str:
    """On SQLite one writes at a time."""
    return "postgresql"


async def somebody_waits(store: Store) -> bool:
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    async with store.read() as tx:
        return bool((await tx.work.connection.execute(waiting)).scalar_one())


async def save_version(stage: Stage, story_id: StoryId) -> None:
    async with stage.store.write() as tx:
        story = await tx.stories.get(story_id)
        assert story is not None
        await note_progress(stage.turn(tx), await tx.stories.add_version(story, Private("Осенью мы вышли снова.")))


async def submitted(store: Store, newsroom: Newsroom) -> tuple[Cast, Story]:
    """A story whose card is about to follow."""
    cast = Cast(stage=newsroom_stage(store), data=newsroom.data)
    await cast.submit(cast.author)
    story = await cast.story()
    async with store.write() as tx:
        await tx.timers.set(FOLLOW, story.id, tx.now)
    return cast, story


def before_words(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], Awaitable[None]]) -> None:
    """Once: before the first card is put into words."""
    real = card._lines
    left = [meanwhile]

    async def lines(*of: Any) -> Any:
        said = await real(*of)
        if left:
            await left.pop()()
        return said

    monkeypatch.setattr(card, "_lines", lines)


async def test_who_comes_second_writes_what_is_true_then(
    store: Store, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast, story = await submitted(store, newsroom)
    stage = cast.stage
    saving: list[asyncio.Task[None]] = []

    async def somebody_saves() -> None:
        saving.append(asyncio.create_task(save_version(stage, story.id)))
        while not saving[0].done() and not await somebody_waits(store):
            pass

    before_words(monkeypatch, somebody_saves)
    await stage.clockwork.ring_timers()
    await saving[0]
    await stage.settle()
    assert "Версия 2" in cast.card().text.text


async def test_a_card_that_meets_a_change_follows_once_it_is_made(
    store: Store, newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    """It does not wait for it either: whoever changes the story may wait for its timer."""
    cast, found = await submitted(store, newsroom)
    stage = cast.stage
    caplog.set_level("INFO", "bot.clockwork")
    async with store.write() as tx:
        story = await tx.stories.add_version(found, Private("Осенью мы вышли снова."))
        assert not await stage.clockwork.ring_timers(), "it rings again after a pause"
        await tx.timers.set(FOLLOW, story.id, tx.now)
    assert caplog.messages == ["timer follow met somebody's turn and rings again"]
    await stage.settle()
    assert "Версия 2" in cast.card().text.text
