"""The second factor: asked for once a working day and before what can't be taken back; a code leaves no trace."""

from __future__ import annotations

from bot.flows.testing import Person, Stage
from storage.editors import Editor
from storage.ids import EditorId
from storage.private import Private
from storage.role import Role
from storage.vault.totp import TimeStep, code_of
from tests.clock import Clock
from tests.integration.flows.people import STORY, Cast, enrol, labels

SECRET = Private(b"12345678901234567890")
ASKS = "Введите код из приложения"


async def found(stage: Stage, name: str) -> Editor:
    async with stage.store.read() as tx:
        (editor,) = [one for one in await tx.editors.all() if one.name.reveal() == name]
    return editor


async def with_app(stage: Stage, name: str, role: Role = Role.EDITOR) -> Person:
    person = await enrol(stage, name, role)
    await give_app(stage, (await found(stage, name)).id)
    return person


async def give_app(stage: Stage, editor: EditorId) -> None:
    async with stage.store.write() as tx:
        await tx.second_factors.enrol(editor, SECRET, TimeStep(0))


def code(clock: Clock) -> str:
    return code_of(SECRET, TimeStep(clock.now() // 30))


async def test_who_has_one_is_asked_before_anything_is_shown_and_then_for_twelve_hours_not_again(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    anna = await with_app(stage, "anna")
    await cast.submit(cast.author)
    await cast.open_card(anna)
    await anna.expects(ASKS)
    assert "У редакторов" not in "".join(seen.text.text for seen in anna.chat)
    shown = code(clock)
    typed = f"{shown[:3]} {shown[3:]}"
    await anna.says(typed)
    await anna.expects("У редакторов")
    assert not any(typed in seen.text.text for seen in anna.chat), "the code is deleted at once"
    await anna.presses("Читать")
    await anna.reads(STORY)
    clock.pass_(hours=12)
    await anna.presses("Назад")
    await anna.expects(ASKS)
    clock.pass_(seconds=30)
    await anna.says(code(clock))
    await anna.expects("Взять себе" if stage.adapter.has_buttons is False else "У редакторов")


async def test_what_was_pressed_before_the_code_is_done_after_it(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna, _ = await cast.editors()
    await cast.agree(cast.author, anna)
    await cast.open_card(anna)
    await give_app(stage, (await found(stage, "anna")).id)
    await anna.presses("Одобрить")
    await anna.expects(ASKS)
    await cast.author.says("/start")
    assert "0 из 2" in cast.card().text.text
    await anna.says("не знаю")
    await anna.expects("Сначала код")
    await anna.says("000000")
    await anna.expects("Осталось 4 попытки")
    assert "000000" not in "".join(seen.text.text for seen in anna.chat)
    await anna.says(code(clock))
    assert "1 из 2" in cast.card().text.text


async def test_a_code_is_not_taken_twice_nor_from_another_account(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna = await with_app(stage, "anna")
    editor = await found(stage, "anna")
    async with stage.store.write() as tx:
        further = await tx.editors.new_code("anna", person=editor.id)
    again = stage.person("anna's other phone")
    stage.admit("editors", again)
    await again.says(f"/enrol {further}")
    await anna.says("/queue")
    await anna.says(code(clock))
    await anna.expects("Сейчас историй нет")
    await again.says("/queue")
    await again.expects(ASKS)
    await again.says(code(clock))
    await again.expects("Код не подошёл")


async def test_guessing_locks_out_and_the_admins_are_told(stage: Stage, cast: Cast, clock: Clock) -> None:
    admin = await enrol(stage, "vera", Role.ADMIN)
    anna = await with_app(stage, "anna")
    await anna.says("/queue")
    for _ in range(5):
        await anna.says("000000")
    await anna.expects("Попробуйте через 60 минут")
    await admin.expects("пять раз подряд ввёл неверный код от имени «anna»")
    await anna.says(code(clock))
    await anna.expects("Попробуйте через 60 минут")
    clock.pass_(hours=1)
    await anna.says(code(clock))
    await anna.expects("Сейчас историй нет")


async def test_a_version_that_is_being_written_waits_for_the_code(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna = await enrol(stage, "anna")
    await cast.submit(cast.author)
    await cast.open_card(anna)
    await anna.presses("Править")
    await anna.says("Другие слова.")
    await give_app(stage, (await found(stage, "anna")).id)
    await anna.presses("Сохранить версию")
    await anna.expects(ASKS)
    assert labels(anna) == ["Выйти и не сохранять"]
    await anna.says(code(clock))
    await anna.expects("Новая версия сохранена")
    assert await cast.text() == "Другие слова."


async def test_without_the_app_one_gets_home_and_nowhere_else(stage: Stage, cast: Cast) -> None:
    anna = await with_app(stage, "anna")
    await anna.says("/queue")
    await anna.presses("Не сейчас")
    await anna.expects("Здесь можно рассказать свою историю")
    await anna.says("/queue")
    await anna.expects(ASKS)
