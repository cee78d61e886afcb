"""A release could be moved again and again, by thirty days each time; the day on which the story is destroyed stood
still meanwhile. Moved behind it, the story went on that day without a word, and its author's way with it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from storage.clock import DAY
from storage.store import Store
from storage.story import Status
from tests.clock import Clock
from tests.databases import Newsroom
from tests.integration.flows.people import Cast
from tests.issues.stages import newsroom_stage


async def test_a_story_is_not_destroyed_before_it_comes_out(store: Store, newsroom: Newsroom, clock: Clock) -> None:
    cast = Cast(stage=newsroom_stage(store), data=newsroom.data)
    anna, boris = await cast.editors()
    await cast.agree(cast.author, anna)
    for editor in (anna, boris):
        await cast.open_card(editor)
        await editor.presses("Одобрить")
    for _ in range(3):
        await cast.open_card(anna)
        await anna.presses("Выход и публикация")
        await anna.presses("Выбрать другое время")
        await anna.says(f"{datetime.fromtimestamp(clock.now() + 28 * DAY, UTC):%d.%m.%Y} 12:00")
        await anna.expects("Время выпуска изменено")
        clock.pass_(days=25)
        await cast.stage.settle()
        assert (await cast.story()).status is Status.SCHEDULED
    clock.pass_(days=4)
    await cast.stage.settle()
    assert (await cast.story()).status is Status.PUBLISHED
    await cast.author.reads("Ваша история опубликована")
