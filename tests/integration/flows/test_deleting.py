"""Delete everything about me: what goes is said first, and it is possible from anywhere."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.flows.testing import Person, Stage
from bot.types import Choice, command_of
from tests.clock import Clock
from tests.integration.flows.people import LEFT_OF_NOBODY, STORY, Cast, broadcast_is_told, finish, photo, subscribe


async def test_it_says_first_what_goes(stage: Stage, cast: Cast) -> None:
    author = cast.author
    await subscribe(author)
    await cast.submit(author, "Первая.")
    await cast.submit(author, "Вторая.")
    await author.says("/delete")
    await author.expects("Уничтожим 2 истории, которых читатели не видят")
    await author.expects("Подписка закончится")
    await author.expects("Из резервных копий всё исчезнет за семь дней")
    stranger = stage.person("stranger")
    await stranger.says("/delete")
    await stranger.expects("Удалить всё о вас?")
    assert "читатели не видят" not in stranger.last.text.text
    assert "Подписка" not in stranger.last.text.text


async def test_over_a_draft_it_asks_and_the_draft_is_not_touched(cast: Cast) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.says("/delete")
    await author.expects("Черновик, который вы сейчас пишете, тоже исчезнет")
    await author.says("Я передумал и пишу дальше.")
    await finish(author)
    await author.expects("Всё верно?")
    await author.reads("Я передумал и пишу дальше.")


async def test_over_a_draft_everything_goes_with_its_photos(cast: Cast) -> None:
    author = cast.author
    await subscribe(author)
    await cast.submit(author)
    await cast.begin(author)
    await author.says(STORY)
    await author.sends_photo(photo())
    await author.says("/delete")
    await author.presses("Да, удалить всё")
    await author.expects("Готово: у нас о вас больше ничего нет")
    assert len(author.chat) == 1
    assert set(await cast.rows()) <= LEFT_OF_NOBODY
    assert await cast.keys_without_use() == 0
    assert cast.files() == 0


@pytest.mark.parametrize("manner", ["telegram"])  # where there are buttons: a late reaction decides nothing anyway
async def test_the_button_of_another_day_asks_again(stage: Stage, cast: Cast, clock: Clock) -> None:
    author = cast.author
    await cast.begin(author)
    await author.says(STORY)
    await author.says("/delete")
    asked = author.last
    await author.presses("Готово")
    clock.pass_(days=1)
    await author.taps(asked, "Да, удалить всё")
    await author.expects("Удалить всё о вас?")
    await author.expects("черновик на месте")


@pytest.mark.parametrize("status", ["submitted", "consent", "agreed", "scheduled", "rejected"])
async def test_a_story_in_whatever_status_goes(stage: Stage, cast: Cast, status: str) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    match status:
        case "submitted" | "rejected":
            await cast.submit(author)
        case "consent":
            await cast.offer(author, anna)
        case _:
            await cast.agree(author, anna)
    if status == "scheduled":
        for editor in (anna, boris):
            await cast.open_card(editor)
            await editor.presses("Одобрить")
    if status == "rejected":
        await cast.open_card(anna)
        await anna.presses("Отказать")
        await anna.says("Об этом мы уже писали.")
        await anna.presses("Отказать и сообщить")
    assert (await cast.story()).status == status
    await author.says("/delete")
    await author.presses("Да, удалить всё")
    await author.expects("Готово: у нас о вас больше ничего нет")
    assert {"stories", "versions", "questions", "routes", "accounts", "timers"}.isdisjoint(await cast.rows())
    assert stage.sees("editors") == []


async def test_of_a_published_story_only_what_readers_have_is_left(cast: Cast, clock: Clock) -> None:
    author = cast.author
    anna, boris = await cast.editors()
    await cast.publish(author, anna, boris)
    await author.says("/delete")
    await author.expects("Одна ваша история уже опубликована: она останется")
    await author.presses("Да, удалить всё")
    await broadcast_is_told(cast.stage, clock)
    rows = await cast.rows()
    assert (rows["stories"], rows["versions"]) == (1, 1)
    assert {"routes", "accounts", "questions", "approvals", "timers"}.isdisjoint(rows)
    assert len(cast.stage.sees("channel-ru")) == 1


async def test_what_the_button_carries_can_t_be_guessed(cast: Cast, clock: Clock) -> None:
    """A homeserver may call a command in anybody's name: only what was shown to this person says yes."""
    author, another = cast.author, cast.stage.person("another")
    for person in (author, another):
        await cast.begin(person)
        await person.says(STORY)
        await person.says("/delete")
    shown = _argument(another)
    today = datetime.fromtimestamp(clock.now(), UTC).date()
    for guess in (f"yes-{today.isoformat()}", shown):
        await author.says(f"/delete {guess}")
        await author.expects("Удалить всё о вас?")
    await author.says(f"/delete {_argument(author)}")
    await author.expects("Готово: у нас о вас больше ничего нет")


def _argument(person: Person) -> str:
    """Of the button that says yes."""
    button = person.last.button("Да, удалить всё")
    assert isinstance(button, Choice)
    called = command_of(button.token)
    assert called is not None
    return called.argument.reveal()
