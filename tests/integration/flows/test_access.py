"""Who may open the desk: in the roster, and in the room now. A link authorises nothing."""

from __future__ import annotations

import pytest

from bot.errors import PlatformError
from bot.flows.testing import Person, Stage
from storage.address import Account, Address
from tests.clock import Clock
from tests.integration.flows.people import STORY, Cast, enrol


async def expect_closed(person: Person) -> None:
    await person.expects("Этой истории больше нет, или она открывается в другом мессенджере")
    assert STORY not in "".join(seen.text.text for seen in person.chat)


async def test_a_stranger_with_the_link_sees_nothing(stage: Stage, cast: Cast) -> None:
    await cast.submit(cast.author)
    stranger = stage.person("stranger")
    await cast.open_card(stranger)
    await expect_closed(stranger)
    await stranger.says(f"/start s_{'0' * 32}")
    await expect_closed(stranger)
    await stranger.says("/start s_guess")
    await stranger.expects("Тамиздат")


async def test_somebody_in_the_room_who_is_not_enrolled_sees_nothing(stage: Stage, cast: Cast) -> None:
    await cast.submit(cast.author)
    lurker = stage.person("lurker")
    stage.admit("editors", lurker)
    await cast.open_card(lurker)
    await expect_closed(lurker)


async def test_an_editor_who_left_the_room_is_shut_out_in_the_middle(stage: Stage, cast: Cast) -> None:
    anna = await enrol(stage, "anna")
    await cast.submit(cast.author)
    await cast.open_card(anna)
    stage.adapter.members["editors"].remove("anna")
    before = len(anna.chat)
    await anna.presses("Читать")
    assert STORY not in "".join(seen.text.text for seen in anna.chat[before:])
    await cast.open_card(anna)
    await expect_closed(anna)


async def test_what_a_button_meant_at_the_desk_means_nothing_at_home(stage: Stage, cast: Cast) -> None:
    anna = await enrol(stage, "anna")
    await cast.submit(cast.author)
    await cast.open_card(anna)
    stage.adapter.members["editors"].remove("anna")
    await anna.presses("Читать")
    await anna.expects("Здесь можно рассказать свою историю")
    assert "На каком языке" not in anna.last.text.text


async def test_an_editor_who_left_while_writing_a_version_saves_nothing(stage: Stage, cast: Cast) -> None:
    anna = await enrol(stage, "anna")
    await cast.submit(cast.author)
    await cast.open_card(anna)
    await anna.presses("Править")
    await anna.says("Новый текст.")
    stage.adapter.members["editors"].remove("anna")
    await anna.presses("Сохранить версию")
    assert await cast.text() == STORY


async def test_a_platform_that_refuses_to_tell_denies(
    stage: Stage, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await enrol(stage, "anna")
    await cast.submit(cast.author)

    async def refuses(_room: Address, _person: Account) -> bool:
        raise PlatformError("The bot is not in this room.")

    monkeypatch.setattr(stage.adapter, "is_member", refuses)
    await cast.open_card(anna)
    await expect_closed(anna)
    monkeypatch.undo()
    await cast.open_card(anna)
    await anna.expects("У редакторов")


async def test_a_code_enrols_once_and_for_ten_minutes(stage: Stage, clock: Clock) -> None:
    async with stage.store.write() as tx:
        code, late = await tx.editors.new_code("anna"), await tx.editors.new_code("late")
    await stage.person("anna").says(f"/enrol {code.lower()}")
    await stage.person("anna").expects("Теперь вы редактор")
    await stage.person("eve").says(f"/enrol {code}")
    await stage.person("eve").expects("Этот код не подошёл")
    await stage.person("eve").says("/enrol")
    await stage.person("eve").expects("Этот код не подошёл")
    clock.pass_(minutes=11)
    await stage.person("eve").says(f"/enrol {late}")
    await stage.person("eve").expects("Этот код не подошёл")


async def test_nobody_decides_with_another_editors_button(stage: Stage, cast: Cast) -> None:
    anna, _ = await cast.editors()
    await cast.submit(cast.author)
    await cast.open_card(anna)
    button = anna.last.button("Отправить автору")
    stranger = stage.person("stranger")
    await stranger.says("/start")
    await stranger.taps_token(getattr(button, "token", ""))
    await stranger.expects("от прежнего вопроса")
    assert (await cast.story()).status == "submitted"
