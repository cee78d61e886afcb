"""What nobody decides: editors are warned on days 30 and 50, and on day 60 it is gone."""

from __future__ import annotations

import pytest

from bot.flows.testing import Stage
from tests.clock import Clock
from tests.integration.flows.people import Cast


def cards(stage: Stage) -> list[str]:
    return [card.text.text for card in stage.sees("editors")]


async def test_the_card_of_an_undecided_story_moves_to_the_bottom_and_says_until_when(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    await cast.submit(cast.author)
    clock.pass_(days=1)
    await cast.submit(stage.person("other"))
    first, second = stage.sees("editors")
    clock.pass_(days=28)
    await stage.settle()
    assert stage.sees("editors") == [first, second]
    clock.pass_(days=1)
    await stage.settle()
    assert stage.sees("editors")[0].number == second.number
    assert "Решения нет с 1\u00a0марта. 30\u00a0апреля история будет удалена." in cards(stage)[-1]
    clock.pass_(days=1)
    await stage.settle()
    assert "Решения нет с 2\u00a0марта" in cards(stage)[-1]
    clock.pass_(days=19)
    await stage.settle()
    assert "Решения нет с 1\u00a0марта" in cards(stage)[-1]
    assert len(cards(stage)) == 2
    clock.pass_(days=11)
    await stage.settle()
    assert cards(stage) == []
    assert {"stories", "timers"}.isdisjoint(await cast.rows())


async def test_a_decision_takes_the_warning_away(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    clock.pass_(days=30)
    await stage.settle()
    assert "Решения нет" in cards(stage)[-1]
    await cast.open_card(anna)
    await anna.presses("Отправить автору")
    assert "Решения нет" not in cards(stage)[-1]
    clock.pass_(days=29)
    await stage.settle()
    assert "Решения нет" not in cards(stage)[-1]
    clock.pass_(days=1)
    await stage.settle()
    assert "stories" not in await cast.rows()


async def test_an_author_who_keeps_a_story_longer_moves_the_warnings(stage: Stage, cast: Cast, clock: Clock) -> None:
    author = cast.author
    await cast.submit(author)
    clock.pass_(days=30)
    await stage.settle()
    await author.says("/mine")
    await author.presses("История 1")
    await author.presses("Хранить на 30 дней дольше")
    assert "Решения нет" not in cards(stage)[-1]
    clock.pass_(days=30)
    await stage.settle()
    assert "30\u00a0мая история будет удалена" in cards(stage)[-1]


@pytest.mark.parametrize(("status", "days"), [("consent", 30), ("agreed", 60)])
async def test_each_status_has_its_own_days(stage: Stage, cast: Cast, clock: Clock, status: str, days: int) -> None:
    anna, _ = await cast.editors()
    await (cast.offer if status == "consent" else cast.agree)(cast.author, anna)
    clock.pass_(days=days - 1)
    await stage.settle()
    assert (await cast.rows())["stories"] == 1
    clock.pass_(days=1)
    await stage.settle()
    assert "stories" not in await cast.rows()
