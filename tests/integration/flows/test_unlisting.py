"""Who leaves may ask not to be added again from a list. That is offered, kept when they say so, and taken back."""

from __future__ import annotations

import pytest

from bot.flows.testing import Stage
from storage.tables import suppressions
from tests.integration.flows.library import put_out
from tests.integration.flows.people import LEFT_OF_NOBODY, STORY, Cast, labels, subscribe
from tests.integration.flows.test_own_data import get

OFFER = "мы можем запомнить отпечаток вашего аккаунта"
ASKED = "Вы просили не добавлять вас из чужих списков"


async def unlisted(cast: Cast) -> int:
    return (await cast.rows()).get(suppressions.name, 0)


async def test_nothing_is_kept_of_who_leaves_and_says_nothing(cast: Cast) -> None:
    reader = cast.reader
    await subscribe(reader)
    await reader.presses("Отписаться")
    await reader.expects(OFFER)
    await reader.presses("ничего не храните")
    await reader.expects("Здесь можно рассказать свою историю")
    assert await unlisted(cast) == 0


async def test_in_the_menu_it_is_asked_for_shown_and_taken_back(cast: Cast) -> None:
    reader = cast.reader
    await subscribe(reader)
    await reader.presses("Отписаться")
    await reader.presses("Больше меня не добавлять")
    await reader.expects("из чужих списков мы вас не добавим")
    assert await unlisted(cast) == 1
    assert ASKED in await get(reader)
    await subscribe(reader)
    await reader.presses("Что обо мне хранится")
    await reader.expects(ASKED)
    await reader.presses("Назад")
    await reader.presses("Отписаться")
    await reader.expects("Храним только отпечаток вашего аккаунта")
    await reader.says("/read_stories")
    await reader.expects(ASKED)
    await reader.presses("Отменить просьбу")
    await reader.expects("отпечатка вашего аккаунта у нас больше нет")
    assert "Отменить просьбу" not in " ".join(labels(reader))
    assert await unlisted(cast) == 0


async def test_under_a_story_also_while_a_story_of_one_s_own_is_told(stage: Stage, cast: Cast) -> None:
    reader = cast.reader
    await subscribe(reader)
    await put_out(stage, "Мы вышли.")
    await cast.begin(reader)
    await reader.says(STORY)
    await reader.presses("Отписаться")
    await reader.expects(OFFER)
    await reader.presses("Больше меня не добавлять")
    await reader.expects("из чужих списков мы вас не добавим")
    await reader.expects("Пока в истории")
    await reader.says("/leave")
    await reader.expects("Храним только отпечаток вашего аккаунта")
    assert await unlisted(cast) == 1


@pytest.mark.parametrize("manner", ["local"])
async def test_it_goes_with_everything_else(cast: Cast) -> None:
    reader = cast.reader
    await subscribe(reader)
    await reader.says("/leave")
    await reader.presses("Больше меня не добавлять")
    await reader.says("/delete")
    await reader.expects("Мы забудем и просьбу не добавлять вас из чужих списков")
    await reader.presses("Да, удалить всё")
    assert set(await cast.rows()) <= LEFT_OF_NOBODY
