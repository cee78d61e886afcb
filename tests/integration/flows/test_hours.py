"""Hours between an author and the editors: nobody in the room can tell from the time who wrote."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.flows.testing import Stage
from handlers.editors.card import payload
from handlers.policy import (
    CARD_FROM_SECONDS,
    CARD_LATE_SECONDS,
    CARD_SPREAD_SECONDS,
    CARD_UNTIL_SECONDS,
    FOLLOWED_AT_LAST_SECONDS,
    FOLLOWED_FROM_SECONDS,
    FOLLOWED_UNTIL_SECONDS,
)
from storage.clock import MINUTE
from storage.tables import timers
from tests.clock import Clock
from tests.integration.flows.people import Cast
from tests.integration.flows.test_receipts import ask_for_move, get_receipt

LEFT = {"stories", "versions", "questions", "routes", "blobs", "audit", "timers"}
"""Nothing of a story is in these once it is gone."""


@pytest.fixture(autouse=True)
def hours() -> None:
    """They pass here as they do outside."""


async def due(stage: Stage, kind: str) -> list[int]:
    async with stage.store.read() as tx:
        found = select(timers.c.due).where(timers.c.kind == kind)
        return list((await tx.work.connection.execute(found)).scalars())


async def its_time_comes(stage: Stage, clock: Clock, kind: str = "appear") -> None:
    (second,) = await due(stage, kind)
    clock.seconds = second
    await stage.settle()


def cards(stage: Stage) -> list[str]:
    return [seen.text.text for seen in stage.sees("editors")]


async def test_the_card_comes_in_its_hour_and_not_a_second_before(stage: Stage, cast: Cast, clock: Clock) -> None:
    sent = clock.now()
    await cast.submit(cast.author)
    await cast.author.expects("так по времени труднее понять, кто писал")
    (second,) = await due(stage, "appear")
    assert CARD_FROM_SECONDS <= second - sent <= CARD_UNTIL_SECONDS
    clock.seconds = second - 1
    await stage.settle()
    assert cards(stage) == []
    clock.pass_(seconds=1)
    await stage.settle()
    assert len(cards(stage)) == 1


async def test_no_two_stories_wait_alike(stage: Stage, cast: Cast) -> None:
    for name in "abcdefgh":
        await cast.submit(stage.person(name))
    waits = await due(stage, "appear")
    assert len(set(waits)) > len(waits) // 2
    assert max(waits) - min(waits) > (CARD_UNTIL_SECONDS - CARD_FROM_SECONDS) // 10


async def test_until_then_it_does_not_exist_for_editors(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    story = await cast.story()
    await anna.says(f"/start {payload(story.id)}")
    await anna.expects("Этой истории больше нет")
    for command, words in (
        ("/queue", "Сейчас историй нет"),
        (f"/search {story.details.alias}", "Ничего не нашлось"),
        ("/figures", "Сейчас в работе ничего нет"),
    ):
        await anna.says(command)
        await anna.expects(words)
    assert "submitted" not in await noted(stage)
    await its_time_comes(stage, clock)
    await anna.says("/queue")
    await anna.expects(story.details.alias)
    assert await noted(stage) == ["enrolled", "enrolled", "submitted"]


async def noted(stage: Stage) -> list[str]:
    async with stage.store.read() as tx:
        return [entry.note.action for entry in await tx.audit.last(100) if entry.note is not None]


async def test_its_days_count_from_the_day_on_which_it_appears(stage: Stage, cast: Cast, clock: Clock) -> None:
    """Else a card after midnight would say that it was sent before."""
    clock.pass_(hours=11)
    await cast.submit(cast.author)
    await its_time_comes(stage, clock)
    assert (await cast.story()).since.day == 2
    await cast.author.says("/mine")
    await cast.author.presses("История 1: у редакторов")
    await cast.author.expects("История у редакторов с 2 марта")


async def test_its_author_sees_that_it_is_sent_and_adds_to_it(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna, _ = await cast.editors()
    author = cast.author
    await cast.submit(author)
    await author.says("/mine")
    await author.presses("История 1: отправлена")
    await author.expects("Редакторы увидят её в ближайшие часы")
    await author.presses("Добавить что-то")
    await author.says("Это было в марте.")
    await author.expects("редакторы это прочтут")
    clock.pass_(seconds=FOLLOWED_UNTIL_SECONDS)
    await stage.settle()
    assert cards(stage) == []
    await its_time_comes(stage, clock)
    assert "От автора 1 дополнение" in cards(stage)[-1]
    await cast.open_card(anna)
    await anna.reads("Это было в марте.")


@pytest.mark.parametrize("way", ["taken back", "everything deleted"])
async def test_who_takes_it_back_before_that_leaves_nothing(stage: Stage, cast: Cast, clock: Clock, way: str) -> None:
    author = cast.author
    await cast.submit(author)
    if way == "taken back":
        await author.says("/mine")
        await author.presses("История 1")
        await author.presses("Забрать историю")
        await author.presses("Да, забрать")
    else:
        await author.says("/delete")
        await author.presses("Да, удалить всё")
    assert LEFT.isdisjoint(await cast.rows())
    clock.pass_(hours=7)
    await stage.settle()
    assert cards(stage) == []
    assert LEFT.isdisjoint(await cast.rows())


async def test_it_comes_after_a_restart(stage: Stage, cast: Cast, clock: Clock) -> None:
    await cast.submit(cast.author)
    stage.restart()
    await its_time_comes(stage, clock)
    assert len(cards(stage)) == 1


async def test_after_a_day_off_cards_come_within_an_hour_and_not_in_one_heap(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    for name in "abcd":
        await cast.submit(stage.person(name))
    clock.pass_(days=1)
    await stage.settle()
    assert cards(stage) == []
    waits = await due(stage, "appear")
    assert len(set(waits)) > 1
    clock.pass_(seconds=CARD_SPREAD_SECONDS)
    assert CARD_SPREAD_SECONDS > CARD_LATE_SECONDS
    for second in sorted(waits):
        clock.seconds = second
        await stage.settle()
    assert len(cards(stage)) == 4


async def test_an_answer_changes_the_card_minutes_later(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    await its_time_comes(stage, clock)
    await cast.open_card(anna)
    await anna.presses("Спросить автора")
    await anna.says("В каком месяце?")
    assert "ответов: 0" in cards(stage)[-1]
    await cast.author.presses("Прочесть вопрос")
    await cast.author.says("В марте.")
    (second,) = await due(stage, "follow")
    assert FOLLOWED_FROM_SECONDS <= second - clock.now() <= FOLLOWED_UNTIL_SECONDS
    clock.seconds = second - 1
    await stage.settle()
    assert "ответов: 0" in cards(stage)[-1]
    await cast.open_card(anna)
    await anna.reads("В марте.")  # whoever opens it reads the truth
    clock.pass_(seconds=1)
    await stage.settle()
    assert "ответов: 1" in cards(stage)[-1]


@pytest.mark.parametrize("manner", ["matrix"])
async def test_whoever_goes_on_and_on_does_not_put_it_off_for_ever(stage: Stage, cast: Cast, clock: Clock) -> None:
    await cast.submit(cast.author)
    await its_time_comes(stage, clock)
    await cast.author.says("/mine")
    await cast.author.presses("История 1")
    await cast.author.presses("Добавить что-то")
    began = clock.now()
    while clock.now() - began < FOLLOWED_AT_LAST_SECONDS:
        await cast.author.says("И ещё.")
        clock.pass_(seconds=FOLLOWED_FROM_SECONDS - 1)
        await stage.settle()
    assert "дополнени" in cards(stage)[-1]


async def test_the_card_of_a_story_that_was_taken_back_goes_minutes_later(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    await its_time_comes(stage, clock)
    await cast.author.says("/mine")
    await cast.author.presses("История 1")
    await cast.author.presses("Забрать историю")
    await cast.author.presses("Да, забрать")
    assert "stories" not in await cast.rows()
    assert len(cards(stage)) == 1
    await cast.open_card(anna)
    await anna.expects("Этой истории больше нет")
    await its_time_comes(stage, clock, "drop-card")
    assert cards(stage) == []
    assert "timers" not in await cast.rows()


async def test_what_an_editor_does_stands_on_the_card_at_once(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    await its_time_comes(stage, clock)
    await cast.open_card(anna)
    await anna.presses("Взять себе")
    assert "Занимается anna" in cards(stage)[-1]


async def test_in_the_demonstration_nobody_waits(stage: Stage, cast: Cast) -> None:
    stage.rooms = replace(stage.rooms, demo=True)
    stage.restart()
    await cast.submit(cast.author)
    assert len(cards(stage)) == 1
    assert await due(stage, "appear") == []
    await cast.author.says("/mine")
    await cast.author.presses("История 1")
    await cast.author.presses("Можно ли мне писать")
    await cast.author.presses("Не писать: я зайду")
    assert await due(stage, "follow") == []


async def test_what_waits_in_the_database_tells_of_no_second(stage: Stage, cast: Cast, clock: Clock) -> None:
    """But of those that were drawn."""
    clock.pass_(seconds=77)
    await cast.submit(cast.author)
    await ask_for_move(cast.reader, await get_receipt(cast.author))
    await cast.begin(stage.person("other"))
    async with stage.store.read() as tx:
        rows = (await tx.work.connection.execute(select(timers.c.kind, timers.c.due))).all()
    assert {row.kind for row in rows} >= {"appear", "draft", "move", "retire"}
    assert [row for row in rows if row.kind != "appear" and row.due % (10 * MINUTE)] == []
