"""The rest of the editors' work and the readers' choices on the demo's page, in two walks.

A forum, in which every story has a thread of its own, is walked elsewhere, because only Telegram has it
(tests/integration/platforms/test_telegram_forum.py).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser, expect

from tests.acceptance import walks
from tests.acceptance.demo import Demo
from tests.acceptance.page import Hall, open_hall

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.soak]

FIRST = "Вчера у нас впервые за зиму выглянуло солнце, и мы вышли во двор."
ADDED = "Забыла сказать: во дворе стояла полиция."
NOTE = "Похоже на начало, не на конец."
WISH = "Расскажите, пожалуйста, что было потом."
REWRITTEN = "Потом нас попросили разойтись, и мы разошлись."

SECOND = "Мы с Назаром носили передачи. Нас ни разу не спросили, кто мы."
CUT = "Мы […] носили передачи."
THIRD = "Мы уехали с чемоданом и кошкой."
CORRECTED = "Мы уехали с двумя чемоданами, а кошка ехала отдельно."


async def test_a_story_stays_at_the_desk(browser: Browser, demo: Demo) -> None:
    async with open_hall(browser, await demo.link()) as hall:
        await hall.author.begins()
        await walks.tell(hall.author, FIRST, topic="Жизнь в России")
        alias = await hall.newest_alias()
        await its_author_adds_to_it(hall)
        await anna_finds_claims_and_hands_over(hall, alias)
        await boris_searches_and_counts(hall, alias)
        await it_is_sent_back(hall, alias)
        await it_is_rejected_kindly(hall, alias)


async def its_author_adds_to_it(hall: Hall) -> None:
    author = hall.author
    await author.presses("Мои истории")
    await author.presses("История 1: у редакторов")
    await author.presses("Добавить что-то к истории")
    await author.reads("Что добавить к истории?")
    await author.says(ADDED)
    await author.reads("редакторы это прочтут.")
    await author.presses("Назад")
    await author.presses("Хранить на 30 дней дольше")
    await author.reads("Хорошо, будем хранить историю дольше")


async def anna_finds_claims_and_hands_over(hall: Hall, alias: str) -> None:
    editors = hall.editors
    await editors.becomes("anna")
    await editors.turns_to("private")
    await editors.says("/queue")
    await editors.reads("1 история.", f"{alias}: у редакторов, с сегодняшнего дня")
    await editors.presses(alias)
    await editors.reads("Историю пока никто не взял", "Автор пишет:", ADDED)
    await editors.presses("Взять себе")
    await editors.reads("Теперь этой историей занимаетесь вы.")
    await walks.press_more(editors, "Записать заметку")
    await editors.reads("Напишите заметку одним сообщением.")
    await editors.says(NOTE)
    await editors.reads("Заметка на столе.", "Заметка, Анна", NOTE)
    await walks.press_more(editors, "Передать коллеге")
    await editors.presses("Борис", under="Кому передать историю?")
    await editors.reads("Теперь этой историей занимается Борис.")
    await editors.presses("Спросить автора")
    await editors.reads("Решать можно и вам, но лучше сначала поговорить.")


async def boris_searches_and_counts(hall: Hall, alias: str) -> None:
    editors = hall.editors
    await editors.becomes("boris")
    await editors.says("/search погода")
    await editors.reads("Ничего не нашлось.")
    await editors.says("жизнь")
    await editors.reads("Нашлась 1 история:", f"{alias}: у редакторов, с сегодняшнего дня; занимается Борис")
    await editors.presses(alias)
    await editors.reads("Занимается Борис.", NOTE)
    await editors.presses("К очереди")
    await editors.presses("Ничьи", under="Нашлась 1 история:")
    await editors.reads("Сейчас историй нет.")
    await editors.presses("В цифрах", under="Сейчас историй нет.")
    await editors.reads("В работе 1 история. У редакторов: 1, у авторов: 0", f"Самая давняя — «{alias}»")


async def it_is_sent_back(hall: Hall, alias: str) -> None:
    author, editors = hall.author, hall.editors
    await hall.opens_card("boris", status="У редакторов", alias=alias)
    await walks.press_more(editors, "Вернуть автору")
    await editors.reads("Что автору изменить в тексте?")
    await editors.says(WISH)
    await editors.reads("Текст вернулся к автору с вашим пожеланием.")
    await author.presses("Прочесть вопрос")
    await author.reads("измените кое-что в своей истории", WISH)
    await author.says(REWRITTEN)
    await author.reads("Ответ у редакторов.")
    await author.presses("Готово")


async def it_is_rejected_kindly(hall: Hall, alias: str) -> None:
    author, editors = hall.author, hall.editors
    await hall.opens_card("boris", status="У редакторов", alias=alias)
    await editors.reads(REWRITTEN)
    await editors.presses("Отказать")
    await editors.presses("Мало для читателя", under="Почему отказываем?")
    await editors.reads("Если захотите рассказать подробнее", "Так это прочтёт автор.")
    await editors.presses("Отказать и сообщить")
    await editors.reads("История не принята.")
    await author.presses("Прочесть ответ")
    await author.reads("Мы прочли вашу историю", "Если захотите рассказать подробнее", "Спасибо, что доверились нам.")
    await author.presses("Удалить сейчас")
    await author.presses("Да, удалить")
    await author.reads("История уничтожена")
    await editors.turns_to("editors")
    await editors.no_longer_reads(alias)


async def test_stories_come_out(browser: Browser, demo: Demo) -> None:
    async with open_hall(browser, await demo.link()) as hall:
        await a_reader_follows_a_link(hall)
        second = await one_is_only_cut(hall)
        third = await another_is_agreed(hall)
        await both_come_out(hall, second, third)
        await the_reader_looks_around(hall)
        await the_meaning_is_corrected(hall, third)
        await it_is_taken_down_as_its_author_wishes(hall, third)
        await two_editors_take_the_other_down(hall, second)


async def a_reader_follows_a_link(hall: Hall) -> None:
    reader = hall.reader
    await reader.follows("t_war")
    await reader.reads("Подписаться на истории?", "Тема: Война.")
    await reader.presses("Подписаться")
    await reader.reads("Вы подписаны на истории.", "Вы выбрали 1 тему.")


async def one_is_only_cut(hall: Hall) -> str:
    """What editors call it. Its author wants no letters."""
    author, editors = hall.author, hall.editors
    await author.begins()
    await walks.tell(author, SECOND, topic="Война", contact=walks.NEVER)
    alias = await hall.newest_alias()
    await hall.opens_card("anna", status="У редакторов", alias=alias)
    await editors.reads("Его текст можно сократить, но не переписать.")
    await editors.is_not_offered("Спросить автора", "Править", "Отправить автору на согласие", under=alias)
    await editors.presses("Вырезать фрагмент")
    await editors.reads("Выше — нынешний текст.")
    await editors.says("с Назаром")
    await editors.presses("Сохранить версию", under="Так будет вырезано 1 место.")
    await editors.reads("Место вырезано")
    await editors.presses("Передать на одобрение", under=alias)
    await editors.presses("Передать на одобрение", under="Спрашивать о согласии не нужно.")
    await editors.reads("Текст передан на одобрение.")
    return alias


async def another_is_agreed(hall: Hall) -> str:
    """What editors call it. Its topic is another than the link's."""
    await walks.tell(hall.author, THIRD, topic="Отъезд")
    alias = await hall.newest_alias()
    await walks.offer(hall, alias)
    await walks.agree(hall.author)
    return alias


async def both_come_out(hall: Hall, second: str, third: str) -> None:
    """The one by itself, the other when editors want it. Their author hears of the one that may be written about."""
    reader = hall.reader
    await two_approve(hall, third)
    await another_day_is_chosen(hall, third)
    await two_approve(hall, second)
    await reader.reads(CUT)
    await reader.turns_to("channel-ru")
    await reader.reads(CUT)
    await reader.no_longer_reads(THIRD)  # approved before the other, it would be out by now
    await it_comes_out_today_after_all(hall, third)
    await reader.reads(THIRD)
    await reader.turns_to("private")
    await reader.no_longer_reads(THIRD)
    await hall.author.reads_once("Ваша история опубликована.")


async def two_approve(hall: Hall, alias: str) -> None:
    await walks.approve(hall, "anna", 0, alias)
    await hall.editors.reads("Вы одобрили текст. Нужен ещё 1 редактор.")
    await walks.approve(hall, "boris", 1, alias)


async def another_day_is_chosen(hall: Hall, alias: str) -> None:
    """Before it comes out by itself: the taps take 3 s of the 15 even on a machine with six times too much to do."""
    editors = hall.editors
    await walks.open_release(hall, "boris", alias, "Выбрать другое время", status="Одобрена")
    before = datetime.now(UTC)
    await editors.presses("Через три дня, 8–20 UTC (11–23 мск)", under="Когда её выпустить?")
    said = await editors.column.get_by_test_id("message").filter(has_text="Время выпуска изменено.").inner_text()
    found = re.search(r"История выйдет (\d+)( \S+)\sв\s(\d\d:\d\d)\sпо\sUTC", said)
    assert found is not None
    day, month, time = found.groups()
    assert int(day) in {(moment + timedelta(days=3)).day for moment in (before, datetime.now(UTC))}
    await editors.turns_to("editors")
    await editors.reads(f"Одобрена, выйдет {day}{month} в {time} по UTC")


async def it_comes_out_today_after_all(hall: Hall, alias: str) -> None:
    """Only when both insist."""
    editors = hall.editors
    await walks.open_release(hall, "boris", alias, "Выпустить сегодня", status="Одобрена")
    await editors.reads("Ваша просьба учтена.", "Слово за вторым редактором.")
    await editors.is_not_offered("Выпустить сегодня", under="Слово за вторым редактором.")
    await walks.open_release(hall, "anna", alias, status="Одобрена")
    await editors.presses("Выпустить сегодня", under="Один редактор просит выпустить её сегодня.")
    await editors.reads("Опубликовано: история уходит в канал и подписчикам.")


async def the_reader_looks_around(hall: Hall) -> None:
    reader = hall.reader
    await reader.says("/read_stories")
    await reader.presses("Сделать паузу")
    await reader.presses("На неделю")
    await reader.presses("Присылать снова", under="Пауза до")
    await reader.presses("Выбрать темы", under="Истории приходят сразу")
    await reader.presses("Отъезд: нет")
    await reader.presses("Готово", under="Отъезд: да")
    await reader.presses("Сменить язык историй", under="Вы выбрали 2 темы.")
    await reader.presses("Deutsch")
    await reader.presses("Последние истории", under="На этом языке историй пока нет.")
    await reader.presses("Искать по теме", under="Пока без перевода; язык: русский")
    await reader.presses("Отъезд", under="О чём хотите почитать?")
    await reader.presses(THIRD, under="Последние истории. Тема: Отъезд")
    await reader.reads("Эта история ещё не переведена.", THIRD)

    await reader.says("/language")
    await reader.presses("Français")
    await reader.presses("Lire des récits")
    await reader.reads("allemand")


async def the_meaning_is_corrected(hall: Hall, alias: str) -> None:
    author, editors, reader = hall.author, hall.editors, hall.reader
    await walks.open_release(hall, "anna", alias, "Исправить текст", "Прислать весь текст")
    await editors.reads("Пришлите новый целиком")
    await editors.says(CORRECTED)
    await editors.presses("Дальше", under="В новом тексте")
    await editors.presses("Смысл меняется", under="Меняется ли смысл?")
    await editors.reads("Исправление ждёт согласия автора.")
    await author.presses("Прочесть исправление")
    await author.reads("После исправления читатели увидят её такой:", CORRECTED)
    await author.presses("Согласиться", under="Вы согласны с этим исправлением?")
    await author.reads("Исправление появится, когда его проверит ещё один редактор.")
    await reader.turns_to("channel-ru")
    await reader.no_longer_reads(CORRECTED)
    await walks.open_release(hall, "boris", alias, "Открыть исправление", "Подтвердить")
    await reader.reads(CORRECTED)
    await reader.no_longer_reads(THIRD)


async def it_is_taken_down_as_its_author_wishes(hall: Hall, alias: str) -> None:
    author, editors, reader = hall.author, hall.editors, hall.reader
    await author.says("/mine")
    await author.presses("История 2: опубликована")
    await author.presses("Попросить её снять")
    await author.presses("Да, снимите её")
    await author.reads("Просьба у редакторов.")
    await walks.open_release(hall, "anna", alias, "Снять с публикации", "Снять", status="Автор просит снять историю.")
    await editors.reads("История снята с публикации.")
    await author.reads("Ваша история снята с публикации.")
    await reader.no_longer_reads(CORRECTED)
    await reader.reads(CUT)


async def two_editors_take_the_other_down(hall: Hall, alias: str) -> None:
    editors, reader = hall.editors, hall.reader
    await walks.open_release(hall, "anna", alias, "Снять с публикации", "Снять")
    await editors.reads("Ваша просьба учтена.")
    await reader.reads(CUT)
    await walks.open_release(hall, "boris", alias)
    await editors.reads("Один редактор просит снять её с публикации.")
    await editors.presses("Снять с публикации")
    await editors.presses("Снять")
    await editors.reads("История снята с публикации.")
    await expect(reader.column.get_by_test_id("message").filter(visible=True)).to_have_count(0)
