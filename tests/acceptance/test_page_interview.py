"""An interview on the demo's page: six questions, one skipped, an edit and what it changed, a release, a correction."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.acceptance.demo import Demo
from tests.acceptance.page import DESKTOP, PHONE, Hall, open_hall

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.soak]

CHANGED = "Той весной мне прислали список: сорок две фамилии, без объяснений."
SHORTER = "Той весной мне прислали список: сорок две фамилии."
CORRECTED = "Той весной мне прислали перечень: сорок две фамилии."
DID = "Две недели я носила книги домой."
HOPE = "Боюсь лифта. Надеюсь на детей."
READERS = "Такие места ещё есть."
HIDDEN = "Не пишите, в каком городе библиотека."


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_an_interview_travels(browser: Browser, demo: Demo, tmp_path: Path, size: tuple[int, int]) -> None:
    async with open_hall(browser, await demo.link(), size) as hall:
        await hall.reader.begins()
        await hall.reader.presses("Читать истории")
        await hall.reader.presses("Русский")
        await answers_six_questions(hall, tmp_path)
        await is_edited_and_reads_what_changed(hall, tmp_path)
        await comes_out_by_itself(hall, tmp_path)
        await is_corrected(hall, tmp_path)
        assert await hall.page.evaluate("document.documentElement.scrollWidth") == size[0]


async def answers_six_questions(hall: Hall, shots: Path) -> None:
    author = hall.author
    await author.begins()
    for label in ("Рассказать историю", "Понимаю, начать", "Интервью"):
        await author.presses(label)
    await author.sees("Вопрос 1 из 6")
    await author.presses("Пропустить вопрос")
    for number, answer in enumerate((CHANGED, DID, HOPE, READERS), 2):
        await author.reads(f"Вопрос {number} из 6")
        await author.says(answer)
        await author.reads(f"Пока в этом ответе {len(answer)} зна")
        await author.presses("Дальше")
    await author.reads("Вопрос 6 из 6")
    await author.says(HIDDEN)
    await author.reads(f"Пока в этом ответе {len(HIDDEN)} зна")
    await author.presses("Все ответы")
    await author.sees("5 из 6 вопросов")
    await hall.is_pictured(shots / "answers.png")
    await author.presses("Готово")
    await author.presses("Без имени")
    await author.gives_details()
    await author.reads("Что изменилось", CHANGED, DID, HOPE, READERS, HIDDEN, "Всё верно?")
    await hall.is_pictured(shots / "review.png")
    await author.presses("Отправить")
    await author.sees("История отправлена.")


async def is_edited_and_reads_what_changed(hall: Hall, shots: Path) -> None:
    author, editors = hall.author, hall.editors
    await hall.opens_card("anna", status="У редакторов")
    await editors.reads(HIDDEN)
    await hall.is_pictured(shots / "desk.png")
    await editors.presses("Править")
    await editors.presses("Что изменилось")
    await editors.says(SHORTER)
    await editors.presses("Сохранить версию")
    await editors.reads("Новая версия сохранена.")
    await hall.opens_card("boris", status="Версия 2")
    await editors.presses("Отправить автору на согласие")
    await author.presses("Прочесть текст")
    await author.reads("Вот что изменилось в вашем тексте.", "Было:", CHANGED, "Стало:", SHORTER)
    await author.no_longer_reads(HIDDEN)
    await hall.is_pictured(shots / "changes.png")
    await author.presses("Согласиться")
    await author.sees("Теперь текст должны одобрить два редактора")


async def comes_out_by_itself(hall: Hall, shots: Path) -> None:
    editors = hall.editors
    for editor, so_far in (("anna", 0), ("boris", 1)):
        await hall.opens_card(editor, status=f"{so_far} из 2")
        await editors.presses("Одобрить", under=f"{so_far} из 2")
    await editors.sees("это второе одобрение")
    await editors.turns_to("editors")
    await editors.sees("Опубликовано")
    await hall.reader.reads(SHORTER, DID)
    await hall.is_pictured(shots / "published.png")


async def is_corrected(hall: Hall, shots: Path) -> None:
    editors, reader = hall.editors, hall.reader
    await hall.opens_card("anna", status="Опубликовано")
    for label in ("Выход и публикация", "Исправить текст", "Заменить отрывок"):
        await editors.presses(label)
    await editors.reads("Пришлите из него отрывок")
    await editors.says("список")
    await editors.reads("Что должно стоять на этом месте?")
    await editors.says("перечень")
    await editors.reads("Меняется ли смысл?")
    await hall.is_pictured(shots / "correction.png")
    await editors.presses("Смысл тот же")
    await editors.reads("Исправление ждёт другого редактора.")
    await hall.opens_card("boris", status="Опубликовано")
    for label in ("Выход и публикация", "Открыть исправление", "Подтвердить"):
        await editors.presses(label)
    await editors.sees("Исправлено")
    await reader.turns_to("channel-ru")
    await reader.reads(CORRECTED)
    await reader.no_longer_reads(SHORTER)
