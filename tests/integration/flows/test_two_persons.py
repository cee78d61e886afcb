"""What takes two persons: recordings as they were sent, and a story destroyed for good."""

from __future__ import annotations

import pytest

from bot.flows.testing import Person, Stage
from tests.clock import Clock
from tests.integration.flows.people import Cast, enrol, finish, labels
from tests.integration.flows.test_auditing import trail
from tests.integration.flows.test_second_factor import code, found, give_app

VOICE = b"OggS and somebody's voice"


async def with_voice(cast: Cast) -> tuple[Person, Person]:
    anna, boris = await cast.editors()
    await cast.begin(cast.author)
    await cast.author.says("Слушайте.")
    await cast.author.sends_voice(VOICE)
    await finish(cast.author)
    await cast.author.presses("Отправить")
    return anna, boris


async def to(editor: Person, cast: Cast, label: str) -> None:
    await cast.open_card(editor)
    if label not in labels(editor):
        await editor.presses("Ещё")
    await editor.presses(label)


async def test_a_voice_is_heard_by_two_who_agree_and_for_a_day(cast: Cast, stage: Stage, clock: Clock) -> None:
    anna, boris = await with_voice(cast)
    vera = await enrol(stage, "vera")
    await to(anna, cast, "Голос и видео")
    await anna.presses("Позвать второго редактора")
    await anna.expects("Сутки ждём второго редактора")
    assert labels(anna) == ["Отменить просьбу", "Назад"]
    assert "Нужен второй редактор: открыть голос и видео" in cast.card().text.text
    await to(boris, cast, "Голос и видео")
    await boris.expects("anna просит открыть голос и видео")
    await boris.presses("Открыть")
    await boris.presses("Слушать и смотреть")
    assert VOICE in [seen.file for seen in boris.chat]
    assert "Нужен второй" not in cast.card().text.text
    await to(vera, cast, "Голос и видео")
    await vera.expects("открыты двоим вашим коллегам")
    assert VOICE not in [seen.file for seen in (*anna.chat, *vera.chat)]
    clock.pass_(hours=24)
    await to(anna, cast, "Голос и видео")
    assert labels(anna) == ["Позвать второго редактора", "Назад"]
    assert VOICE not in [seen.file for seen in anna.chat]
    done = [action for _, action in await trail(stage)]
    assert done[-3:] == ["originals_asked", "originals_agreed", "originals_opened"]


async def test_another_account_of_the_same_person_is_no_second(cast: Cast, stage: Stage) -> None:
    anna, _ = await with_voice(cast)
    editor = await found(stage, "anna")
    async with stage.store.write() as tx:
        further = await tx.editors.new_code("anna", person=editor.id)
    again = stage.person("anna's other phone")
    stage.admit("editors", again)
    await again.says(f"/enrol {further}")
    await to(anna, cast, "Голос и видео")
    await anna.presses("Позвать второго редактора")
    await to(again, cast, "Голос и видео")
    await again.expects("Сутки ждём второго редактора")
    assert labels(again) == ["Отменить просьбу", "Назад"]


async def test_a_story_is_destroyed_by_two_and_its_author_is_told(cast: Cast, stage: Stage) -> None:
    anna, boris = await with_voice(cast)
    await to(anna, cast, "Удалить насовсем")
    await anna.presses("Позвать второго редактора")
    await to(boris, cast, "Удалить насовсем")
    await boris.expects("anna предлагает удалить эту историю насовсем")
    await boris.presses("Удалить насовсем")
    await boris.expects("История удалена насовсем")
    await cast.author.reads("Редакция удалила вашу историю")
    assert cast.files() == 0
    assert "stories" not in await cast.rows()


async def test_who_is_not_asked_in_time_is_not_asked(cast: Cast, stage: Stage, clock: Clock) -> None:
    anna, boris = await with_voice(cast)
    await to(anna, cast, "Удалить насовсем")
    await anna.presses("Позвать второго редактора")
    await to(boris, cast, "Удалить насовсем")
    clock.pass_(hours=24)
    await boris.presses("Удалить насовсем")
    await boris.expects("Пока вы читали, история изменилась")
    await stage.settle()
    assert "Нужен второй" not in cast.card().text.text
    assert (await cast.story()).details.pairs == ()


@pytest.mark.parametrize("manner", ["matrix"])
async def test_who_has_a_second_factor_shows_it_anew(cast: Cast, stage: Stage, clock: Clock) -> None:
    anna, _ = await with_voice(cast)
    await give_app(stage, (await found(stage, "anna")).id)
    await cast.open_card(anna)
    await anna.says(code(clock))
    clock.pass_(minutes=10)
    await to(anna, cast, "Голос и видео")
    await anna.presses("Позвать второго редактора")
    await anna.expects("введите новый код")
    assert (await cast.story()).details.pairs == ()
    await anna.says(code(clock))
    await anna.expects("Сутки ждём второго редактора")
