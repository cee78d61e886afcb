"""An author's word was looked at twice: when it was answered, and when it was carried out. If the story moved on in
between, nothing was done, but the author was told that it was: "the story is destroyed", while readers got it.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from bot.flows.turn import Turn
from handlers.contributors import agreeing, own, withdrawal
from storage.ids import StoryId
from storage.private import Private
from storage.store import Store
from storage.story import Status, Story
from tests.databases import Newsroom
from tests.integration.flows.people import Cast
from tests.issues.stages import newsroom_stage


@pytest.fixture
def engine() -> str:
    """SQLite has one writer: nobody comes between."""
    return "postgresql"


async def test_nothing_is_said_to_be_destroyed_that_has_just_come_out(
    store: Store, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = Cast(stage=newsroom_stage(store), data=newsroom.data)
    anna, boris = await cast.editors()
    await cast.agree(cast.author, anna)
    for editor in (anna, boris):
        await cast.open_card(editor)
        await editor.presses("Одобрить")
    await cast.author.says("/mine")
    await cast.author.presses("История 1")
    await cast.author.presses("Забрать историю")

    async def comes_out_first(turn: Turn, story_id: StoryId, may: Callable[[Story], bool]) -> Story:
        monkeypatch.undo()
        async with store.write() as tx:
            story = await cast.story()
            details = msgspec.structs.replace(story.details, published=story.details.offered)
            await tx.stories.move(story, Status.PUBLISHED, details)
        return await own.own_in_turn(turn, story_id, may)

    monkeypatch.setattr(withdrawal, "own_in_turn", comes_out_first)
    await cast.author.presses("Да, забрать")
    await cast.author.expects("она только что вышла")
    assert (await cast.story()).status is Status.PUBLISHED


async def test_nobody_is_thanked_for_agreeing_to_a_text_that_is_no_more(
    store: Store, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = Cast(stage=newsroom_stage(store), data=newsroom.data)
    anna, _ = await cast.editors()
    await cast.offer(cast.author, anna)
    await cast.author.presses("Прочесть текст")

    async def saves_first(turn: Turn, story_id: StoryId, may: Callable[[Story], bool]) -> Story:
        monkeypatch.undo()
        async with store.write() as tx:
            await tx.stories.add_version(await cast.story(), Private("Другой текст."))
        return await own.own_in_turn(turn, story_id, may)

    monkeypatch.setattr(agreeing, "own_in_turn", saves_first)
    thanks = len([seen for seen in cast.author.chat if "Спасибо" in seen.text.text])
    await cast.author.presses("Согласиться")
    assert len([seen for seen in cast.author.chat if "Спасибо" in seen.text.text]) == thanks
    assert (await cast.story()).status is Status.SUBMITTED
