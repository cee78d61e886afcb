"""Newsletters: written by one editor, approved by two, read by those they are for, and by nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from bot.flows.testing import Person, Stage
from bot.types import FileKind, Link
from handlers.policy import LETTER_DRAFT_DAYS, LETTER_PICTURES, LETTER_SENT_DAYS
from storage.ids import BlobId, new_id
from storage.letter import Letter, LetterStatus
from storage.private import Private
from storage.story import Attachment
from tests.clock import Clock
from tests.integration.flows.people import Cast, labels, photo, subscribe
from tests.integration.flows.test_auditing import trail

TEXT = "Дорогие читатели, на этой неделе вышли **три истории**."
SHOWN = "Дорогие читатели, на этой неделе вышли три истории."
LONG = "\n\n".join(f"{number}. " + "Мы собрали это для вас. " * 30 for number in range(1, 10))


async def begin(editor: Person, text: str = TEXT, language: str = "Русский") -> None:
    """To the desk of a letter with this text."""
    await editor.says("/letters")
    await editor.presses("Новое письмо")
    await editor.says("Ноябрь")
    await write(editor, text, language)


async def write(editor: Person, text: str, language: str = "Русский") -> None:
    await editor.presses("Текст")
    await editor.presses(language)
    await editor.says(text)
    await editor.presses("Сохранить текст")
    await editor.expects("Текст сохранён")


async def open_letter(editor: Person, *presses: str) -> None:
    await editor.says("/letters")
    for label in ("Ноябрь", *presses):
        await editor.presses(label)


async def approve(anna: Person, boris: Person) -> None:
    for editor in (anna, boris):
        await open_letter(editor, "Одобрить")


async def the_letter(stage: Stage) -> Letter:
    async with stage.store.read() as tx:
        (letter,) = await tx.letters.all()
    return letter


def news(person: Person) -> list[str]:
    return [seen.text.text for seen in person.chat if not seen.mine and SHOWN in seen.text.text]


async def test_a_letter_goes_to_its_readers_when_two_have_approved_it(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    vera = stage.person("vera")
    for reader in (cast.reader, vera):
        await subscribe(reader)
    await begin(anna)
    await open_letter(anna, "Одобрить")
    await anna.expects("Нужен ещё один редактор")
    assert "Отправить" not in labels(anna)
    assert "одобрений: 1 из 2" in stage.sees("editors")[-1].text.text
    await boris.opens("editors", "Открыть", about="Письмо подписчикам")
    await boris.presses("Одобрить")
    await boris.presses("Отправить")
    await boris.expects("Письмо получит меньше пяти человек")
    assert news(cast.reader) == []
    await boris.presses("Отправить сейчас")
    await boris.expects("Кто отправлял: boris")
    assert len(news(cast.reader)) == len(news(vera)) == 1
    assert labels(vera) == ["Отписаться"]
    done = [action for _, action in await trail(stage)]
    assert done[-3:] == ["letter_approved", "letter_approved", "letter_sent"]


async def test_whatever_changes_a_letter_undoes_its_approvals(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    await begin(anna)
    await approve(anna, boris)
    assert "Отправить" in labels(boris)
    await open_letter(anna, "Текст", "Русский", "Написать заново")
    await anna.says("Совсем другое.")
    await anna.presses("Сохранить текст")
    assert "одобрений: 0 из 2" in stage.sees("editors")[-1].text.text
    await boris.presses("Отправить")
    await boris.expects("Пока вы читали, письмо изменилось")
    assert (await the_letter(stage)).status is LetterStatus.DRAFT


async def test_two_who_press_send_at_once_send_it_once(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await begin(anna)
    await approve(anna, boris)
    for editor in (anna, boris):
        await open_letter(editor, "Отправить")
    await anna.presses("Отправить сейчас")
    await boris.presses("Отправить сейчас")
    await boris.expects("Кто отправлял: anna")
    assert len(news(cast.reader)) == 1


async def test_a_letter_for_nobody_is_not_sent(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await begin(anna, "Dear readers.", "English")
    await approve(anna, boris)
    await open_letter(anna, "Отправить")
    await anna.expects("Таких читателей сейчас нет: отправлять некому")
    assert labels(anna) == ["Назад"]
    await anna.says("01.01.2030 10:00")
    assert (await the_letter(stage)).status is LetterStatus.DRAFT


async def test_it_reaches_only_those_it_is_for(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    choosy, english = stage.person("choosy"), stage.person("english")
    for reader in (cast.reader, choosy):
        await subscribe(reader)
    await subscribe(english, "English")
    await choosy.presses("Выбрать темы")
    for topic in ("Война", "Жизнь в России"):
        await choosy.presses(topic)
    await begin(anna)
    await open_letter(anna, "Кому отправить", "По темам")
    for topic in ("Отъезд", "Суд", "Работа", "Семья", "Протест", "Помощь", "Другое"):
        await anna.presses(topic)
    await approve(anna, boris)
    await open_letter(anna, "Отправить", "Отправить сейчас")
    assert [len(news(reader)) for reader in (cast.reader, choosy, english)] == [1, 0, 0]


async def test_a_long_letter_is_read_on(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await begin(anna, LONG[:4000])
    await open_letter(anna, "Текст", "Русский", "Кнопки со ссылками")
    await anna.says("Прочесть на сайте — https://example.org/november")
    await approve(anna, boris)
    await open_letter(anna, "Отправить", "Отправить сейчас")
    first = cast.reader.last
    assert [button for row in first.buttons for button in row if isinstance(button, Link)] == [
        Link(label="Прочесть на сайте", url="https://example.org/november")
    ]
    await cast.reader.presses("Читать дальше")
    await cast.reader.expects("5. Мы собрали")
    assert labels(cast.reader) == ["Отписаться"]
    await cast.reader.says(f"/letter {'0' * 32}-ru-1")
    await cast.reader.reads("Этого письма здесь больше нет")


async def test_a_template_stands_around_the_text_as_it_read_when_it_was_taken(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await anna.says("/letters")
    for label in ("Шаблоны", "Новый шаблон"):
        await anna.presses(label)
    await anna.says("Обычный")
    await anna.presses("Русский: приветствие")
    await anna.says("Здравствуйте! Сегодня {date}.")
    await anna.presses("Русский: подпись")
    await anna.says("Отписаться: { leave }, а {имя} — никак")
    await anna.expects("Переменной {имя} нет. Есть такие: {date}, {stories}, {leave}")
    await anna.says("Отписаться: {leave}")
    await anna.reads("Сохранено")
    await begin(anna)
    for label in ("Шаблон", "Обычный"):
        await anna.presses(label)
    await approve(anna, boris)
    await open_letter(anna, "Отправить", "Отправить сейчас")
    (said,) = news(cast.reader)
    day = datetime.fromtimestamp(stage.store.clock.now(), UTC)
    leave = "!leave" if stage.platform == "matrix" else "/leave"
    assert f"Здравствуйте! Сегодня {day.day}\u00a0" in said
    assert f"{SHOWN}\n\nОтписаться: {leave}" in said


async def test_a_picture_stands_above_a_short_text(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await begin(anna)
    await anna.presses("Картинки")
    await anna.sends_photo(photo(), "Площадь.")
    await anna.expects("В письме 1 картинка")
    await anna.sends_file(FileKind.DOCUMENT, b"%PDF")
    await anna.expects("можно вложить только картинки")
    await approve(anna, boris)
    await open_letter(anna, "Отправить", "Отправить сейчас")
    assert (cast.reader.last.photo is not None, cast.reader.last.alt) == (True, "Площадь.")
    await cast.reader.expects(SHOWN)


async def test_two_hundred_pictures_are_too_many(stage: Stage, cast: Cast) -> None:
    anna, _ = await cast.editors()
    await begin(anna)
    picture = Attachment(kind="photo", blob=BlobId(new_id()), size=1, caption=Private(""))
    async with stage.store.write() as tx:
        letter = await the_letter(stage)
        await tx.letters.change(letter, msgspec.structs.replace(letter.details, pictures=(picture,) * LETTER_PICTURES))
    await open_letter(anna, "Картинки")
    for _ in range(3):
        await anna.sends_photo(photo())
        await anna.expects("не больше 10 картинок. Эту мы не взяли, прежние на месте")
    assert len((await the_letter(stage)).details.pictures) == LETTER_PICTURES


async def test_a_hundred_thousand_characters_are_too_many(stage: Stage, cast: Cast) -> None:
    anna, _ = await cast.editors()
    await begin(anna, "Начало.")
    await anna.presses("Текст")
    await anna.presses("Русский")
    await anna.presses("Написать заново")
    await anna.says("Новое начало.")
    await anna.says("ы" * 100_000)
    await anna.expects("в письме может быть до 20\u00a0000 знаков. Всё, что было до него, на месте")
    await anna.presses("Сохранить текст")
    assert (await the_letter(stage)).details.editions["ru"].text == Private("Новое начало.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Всё **хорошо", "Здесь значок открыт, а закрыть его забыли: «Всё **хорошо»"),
        ("[сюда](example.org)", "Эта ссылка никуда не ведёт: «example.org»"),
        ("__** **__", "Кроме значков, в тексте ничего нет"),
    ],
)
async def test_broken_formatting_is_shown_and_nothing_is_kept(stage: Stage, cast: Cast, text: str, words: str) -> None:
    anna, _ = await cast.editors()
    await begin(anna)
    await anna.presses("Текст")
    await anna.presses("Русский")
    await anna.presses("Написать заново")
    await anna.says(text)
    await anna.presses("Сохранить текст")
    await anna.expects(words)
    assert (await the_letter(stage)).details.editions["ru"].text == Private(TEXT)


@pytest.mark.parametrize(
    "written", ["example.org", "Сайт", "Сайт javascript:alert(1)", "Сайт https://", "x" * 41 + " https://a.b"]
)
async def test_a_button_that_leads_nowhere_is_refused(stage: Stage, cast: Cast, written: str) -> None:
    anna, _ = await cast.editors()
    await begin(anna)
    await open_letter(anna, "Текст", "Русский", "Кнопки со ссылками")
    await anna.says(written)
    await anna.expects("Сократите, пожалуйста, слова" if "x" in written[:1] else "Не вышло разобрать")
    assert (await the_letter(stage)).details.editions["ru"].buttons == ()


async def test_it_goes_out_at_its_time_and_can_be_held_back_before(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await begin(anna)
    await approve(anna, boris)
    await open_letter(anna, "Отправить")
    for wrong, words in (
        ("завтра", "Не вышло разобрать время"),
        (written(clock, days=-1), "Это время уже прошло"),
        (written(clock, days=200), "Так далеко не получится"),
    ):
        await anna.says(wrong)
        await anna.expects(words)
    await anna.says(written(clock, days=2))
    await anna.expects("Одобрено, уйдёт")
    await open_letter(boris, "Остановить отправку")
    clock.pass_(days=3)
    await stage.settle()
    assert news(cast.reader) == []
    await open_letter(boris, "Отправить")
    await boris.says(written(clock, days=1))
    clock.pass_(days=1)
    await stage.settle()
    assert len(news(cast.reader)) == 1


async def test_one_whose_time_went_by_unnoticed_waits_for_an_editor(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna, boris = await cast.editors()
    await subscribe(cast.reader)
    await begin(anna)
    await approve(anna, boris)
    await open_letter(anna, "Отправить")
    await anna.says(written(clock, days=1))
    clock.pass_(days=1, hours=7)
    await stage.settle()
    assert "сервис не работал, и письмо не ушло" in stage.sees("editors")[-1].text.text
    assert (news(cast.reader), (await the_letter(stage)).status) == ([], LetterStatus.DRAFT)


async def test_a_test_and_a_preview_reach_nobody_else(stage: Stage, cast: Cast) -> None:
    anna, _ = await cast.editors()
    await subscribe(cast.reader)
    await begin(anna, LONG[:4000])
    await anna.presses("Прислать мне")
    await anna.reads("Кнопки настоящие")
    tests = [seen for seen in anna.chat if "1. Мы собрали" in seen.text.text and seen.buttons]
    await anna.taps(tests[-1], "Читать дальше")
    await anna.reads("5. Мы собрали")
    await open_letter(anna, "Посмотреть")
    await anna.reads("каким его увидят")
    shown = [seen for seen in anna.chat if "1. Мы собрали" in seen.text.text and seen.buttons]
    await anna.taps(shown[-1], "Отписаться")
    await anna.reads("Это образец")
    assert all("Мы собрали" not in seen.text.text for seen in cast.reader.chat)


async def test_it_is_kept_for_its_days_and_no_longer(stage: Stage, cast: Cast, clock: Clock) -> None:
    anna, boris = await cast.editors()
    await begin(anna)
    clock.pass_(days=LETTER_DRAFT_DAYS - 1)
    await stage.settle()
    await approve(anna, boris)
    await subscribe(cast.reader)
    await open_letter(anna, "Отправить", "Отправить сейчас")
    clock.pass_(days=LETTER_SENT_DAYS - 1)
    await stage.settle()
    assert (await the_letter(stage)).status is LetterStatus.SENT
    clock.pass_(days=1)
    await stage.settle()
    async with stage.store.read() as tx:
        assert await tx.letters.all() == []


def written(clock: Clock, **ahead: int) -> str:
    return f"{datetime.fromtimestamp(clock.now(), UTC) + timedelta(**ahead):%d.%m.%Y %H:%M}"
