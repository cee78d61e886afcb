"""A newsroom with an offline key: what rests for three days can't be read here; its author keeps their say."""

from __future__ import annotations

import pytest

from bot.flows.testing import Person, Stage
from handlers.editors.exporting import take_off
from storage.role import Role
from storage.vault.newsroom import draw
from tests.clock import Clock
from tests.integration.flows.people import Cast, enrol, labels
from tests.integration.flows.test_auditing import trail

KEY = draw().key.public


@pytest.fixture
def stage(stage: Stage) -> Stage:
    stage.store.newsroom = KEY
    return stage


async def rest(stage: Stage, clock: Clock, hours: int = 97) -> None:
    clock.pass_(hours=hours)
    await stage.settle()


async def test_what_nobody_works_on_goes_cold(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    await rest(stage, clock, hours=71)
    assert "в холоде" not in cast.card().text.text
    await rest(stage, clock, hours=25)
    assert "Лежит в холоде с" in cast.card().text.text
    await cast.open_card(anna)
    await anna.expects("ключ к её тексту с сервера стёрт")
    assert labels(anna) == ["Выгрузить в файл", "Закрыть"]
    await anna.says("/queue")
    await anna.expects("в холоде")


async def test_its_author_can_still_take_it_back(stage: Stage, cast: Cast, clock: Clock) -> None:
    await cast.submit(cast.author)
    await rest(stage, clock)
    await cast.author.says("/mine")
    await cast.author.presses("История 1")
    await cast.author.expects("теперь она заперта")
    assert "Добавить что-то к истории" not in labels(cast.author)
    await cast.author.presses("Забрать")
    await cast.author.presses("Да")
    assert {"stories", "versions", "offline", "timers"}.isdisjoint(await cast.rows())
    assert await cast.keys_without_use() == 0


async def test_a_desk_that_lies_open_does_not_outlast_the_cold(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    await cast.open_card(anna)
    await anna.presses("Спросить")
    await rest(stage, clock)
    await anna.says("Где это было?")
    assert (await cast.rows()).get("questions") is None
    assert "в холоде" in cast.card().text.text


@pytest.mark.parametrize("step", ["taken care of", "asked", "with its author"])
async def test_what_is_worked_on_stays(stage: Stage, cast: Cast, clock: Clock, step: str) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    await cast.open_card(anna)
    match step:
        case "taken care of":
            await anna.presses("Взять")
        case "asked":
            await anna.presses("Спросить")
            await anna.says("Где это было?")
        case "with its author":
            await anna.presses("Отправить автору")
    await rest(stage, clock, hours=24 * 8)
    assert (await cast.story()).details.cold is None


async def test_each_step_begins_the_three_days_anew(stage: Stage, cast: Cast, clock: Clock) -> None:
    await cast.submit(cast.author)
    await rest(stage, clock, hours=60)
    await cast.author.says("/mine")
    await cast.author.presses("История 1")
    await cast.author.presses("Хранить")
    await rest(stage, clock, hours=60)
    assert (await cast.story()).details.cold is None
    await rest(stage, clock, hours=36)
    assert (await cast.story()).details.cold is not None


async def test_without_an_offline_key_nothing_goes_cold(stage: Stage, cast: Cast, clock: Clock) -> None:
    stage.store.newsroom = None
    await cast.submit(cast.author)
    await rest(stage, clock, hours=24 * 10)
    assert (await cast.story()).details.cold is None


async def wish_export(editor: Person, cast: Cast) -> None:
    await cast.open_card(editor)
    await editor.presses("Выгрузить в файл")


async def exported(stage: Stage, cast: Cast) -> bool:
    """As the console does it."""
    story = await cast.story()
    async with stage.store.write() as tx:
        return await take_off(tx, story.id)


async def asked_for(stage: Stage, cast: Cast, clock: Clock) -> tuple[Person, Person]:
    """It lies cold, and the first of the two has asked."""
    anna, boris = await cast.editors()
    await cast.submit(cast.author)
    await rest(stage, clock)
    await wish_export(anna, cast)
    await anna.presses("Позвать второго редактора")
    return anna, boris


async def test_it_leaves_the_server_when_two_agree_and_once(stage: Stage, cast: Cast, clock: Clock) -> None:
    _, boris = await asked_for(stage, cast, clock)
    assert "Нужен второй редактор: выгрузить" in cast.card().text.text
    assert not await exported(stage, cast)
    await wish_export(boris, cast)
    await boris.expects("anna предлагает выгрузить")
    await boris.presses("Разрешить выгрузку")
    await boris.expects("tamizdat export")
    assert "Двое редакторов согласны" in cast.card().text.text
    assert await exported(stage, cast)
    assert not await exported(stage, cast)
    await stage.settle()
    assert "Двое редакторов" not in cast.card().text.text
    assert [action for _, action in await trail(stage)][-3:] == ["export_asked", "export_agreed", "exported"]


@pytest.mark.parametrize("manner", ["matrix"])
@pytest.mark.parametrize("after", ["a day", "a withdrawal"])
async def test_what_was_agreed_to_ends(stage: Stage, cast: Cast, clock: Clock, after: str) -> None:
    anna, boris = await asked_for(stage, cast, clock)
    await wish_export(boris, cast)
    await boris.presses("Разрешить выгрузку")
    if after == "a day":
        clock.pass_(hours=24)
    else:
        await wish_export(anna, cast)
        await anna.presses("Отозвать согласие")
    assert not await exported(stage, cast)


@pytest.mark.parametrize("manner", ["matrix"])
async def test_a_translator_is_not_asked(stage: Stage, cast: Cast, clock: Clock) -> None:
    vera = await enrol(stage, "vera", Role.TRANSLATOR)
    await cast.submit(cast.author)
    await rest(stage, clock)
    await cast.open_card(vera)
    assert labels(vera) == ["Закрыть"]
