"""What readers choose, search and open; and the links by which they come."""

from __future__ import annotations

import pytest

from bot.flows.testing import Person, Stage
from handlers.subscribers.entries import title_of
from handlers.topics import TOPICS
from storage.private import Private
from tests.integration.flows.library import long_story, put_out, take_back
from tests.integration.flows.people import STORY, Cast, subscribe


def labels(person: Person) -> list[str]:
    return [button.label for row in person.last.buttons for button in row]


async def test_a_reader_gets_the_topics_of_their_choice(stage: Stage, cast: Cast) -> None:
    reader = cast.reader
    await subscribe(reader)
    await reader.presses("Выбрать темы")
    await reader.presses("Война: да")
    assert "Война: нет" in labels(reader)
    await reader.presses("Другое: да")
    await reader.presses("Готово")
    await reader.expects("Вы выбрали 7 тем.")
    await put_out(stage, "О войне.", topic="war")
    await put_out(stage, "Ни о чём.", topic="")
    await put_out(stage, "О том, чего больше нет.", topic="space")
    await put_out(stage, "О протесте.", topic="protest")
    read = [seen.text.text for seen in reader.chat]
    assert any("О протесте." in text for text in read)
    assert not any("О войне." in text or "Ни о чём." in text or "чего больше нет" in text for text in read)


async def test_all_topics_come_back_with_one_tap_and_the_last_one_stays(stage: Stage, cast: Cast) -> None:
    reader = cast.reader
    await subscribe(reader)
    await reader.presses("Выбрать темы")
    for label in [label for label in labels(reader) if label.endswith(": да")][:-1]:
        await reader.presses(label)
    await reader.presses("Другое: да")
    await reader.expects("Хотя бы одна тема должна остаться")
    await put_out(stage, "О войне.", topic="war")
    assert all("О войне." not in seen.text.text for seen in reader.chat)
    await reader.presses("Все темы")
    await reader.presses("Готово")
    await reader.expects("Темы: все.")
    await put_out(stage, "И снова о войне.", topic="war")
    await reader.reads("И снова о войне.")


async def test_the_wishes_are_in_no_open_column(stage: Stage, cast: Cast) -> None:
    await subscribe(cast.reader)
    await cast.reader.presses("Выбрать темы")
    await cast.reader.presses("Война")
    await cast.reader.presses("Готово")
    for choice in ("Как часто присылать", "Раз в день"):
        await cast.reader.presses(choice)
    await cast.reader.says("Тбилиси")
    await cast.reader.presses("09:00")
    database = b"".join(path.read_bytes() for path in cast.data.glob("*.sqlite*"))
    assert database
    assert b"protest" not in database
    assert b"topics" not in database
    assert b"Tbilisi" not in database


# ── links ────────────────────────────────────────────────────────────────────────────────────────────────────────
async def test_a_link_to_a_topic_subscribes_after_a_tap_never_before(stage: Stage, cast: Cast) -> None:
    reader = stage.person("reader", language="de-AT")
    await reader.says("/start t_war")
    await reader.expects("Thema: Krieg.")
    await reader.expects("Sprache: Deutsch.")
    assert "subscribers" not in await cast.rows()
    await reader.presses("Abonnieren")
    await reader.expects("Sie haben 1 Thema gewählt.")
    await put_out(stage, "Vom Krieg.", language="de", topic="war")
    await put_out(stage, "Von der Arbeit.", language="de", topic="work")
    await reader.reads("Vom Krieg.")
    assert all("Von der Arbeit." not in seen.text.text for seen in reader.chat)


async def test_a_second_link_adds_its_topic_and_a_third_has_nothing_to_add(cast: Cast) -> None:
    reader = cast.reader
    await reader.says("/start t_war")
    await reader.presses("Подписаться")
    await reader.says("/start t_help")
    await reader.expects("К вашим темам добавится ещё одна: Помощь другим.")
    await reader.presses("Подписаться")
    await reader.expects("Вы выбрали 2 темы.")
    await reader.says("/start t_war")
    await reader.expects("Такие истории вам уже присылают.")
    assert (await cast.rows())["subscribers"] == 1


async def test_a_link_to_a_language_changes_it_and_ends_a_pause(stage: Stage, cast: Cast) -> None:
    reader = cast.reader
    await subscribe(reader)
    await reader.presses("Сделать паузу")
    await reader.presses("На месяц")
    await reader.says("/start l_en")
    await reader.expects("Язык: английский.")
    await reader.expects("Прежний язык: русский. Он сменится.")
    await reader.presses("Подписаться")
    await put_out(stage, "In spring we went out.", language="en")
    await reader.reads("In spring we went out.")


async def test_going_back_from_a_link_leaves_everything_as_it_was(cast: Cast) -> None:
    await cast.reader.says("/start l_en")
    await cast.reader.presses("Назад")
    await cast.reader.expects("Здесь можно рассказать")
    assert "subscribers" not in await cast.rows()


@pytest.mark.parametrize("payload", ["t_", "t_nothing", "l_", "l_xx", "l_../en", "x_war", "t_war_war", "T_WAR"])
async def test_a_link_that_means_nothing_leads_home(cast: Cast, payload: str) -> None:
    await cast.reader.says(f"/start {payload}")
    await cast.reader.expects("Здесь можно рассказать")


# ── the last stories ─────────────────────────────────────────────────────────────────────────────────────────────
async def test_the_last_stories_five_at_a_time(stage: Stage, cast: Cast) -> None:
    for number in range(7):
        await put_out(stage, f"История номер {number}, рассказанная без спешки и до конца.", topic="work")
    reader = cast.reader
    await reader.says("/stories")
    first = {label for label in labels(reader) if label.startswith("История номер")}
    assert len(first) == 5
    await reader.expects("Работа и учёба")
    await reader.presses("Более ранние")
    second = {label for label in labels(reader) if label.startswith("История номер")}
    assert len(second) == 2
    assert first.isdisjoint(second)
    assert "Более ранние" not in labels(reader)
    await reader.presses("Более новые")
    assert {label for label in labels(reader) if label.startswith("История номер")} == first


async def test_a_story_is_opened_and_read_to_its_end(stage: Stage, cast: Cast) -> None:
    await put_out(stage, long_story(8))
    reader = cast.reader
    await reader.says("/read_stories")
    await reader.presses("Последние истории")
    await reader.presses("1. Мы шли")
    await reader.expects("1. Мы шли")
    await reader.presses("Читать дальше")
    await reader.expects("8. Мы шли")
    assert labels(reader) == ["К списку историй"]
    await reader.presses("К списку историй")
    await reader.expects("Последние истории")


async def test_a_subscriber_comes_back_to_the_list_too(stage: Stage, cast: Cast) -> None:
    await subscribe(cast.reader)
    await put_out(stage, STORY)
    await cast.reader.says("/stories")
    await cast.reader.presses("Весной")
    assert labels(cast.reader) == ["К списку историй", "Отписаться"]
    await cast.reader.presses("К списку историй")
    await cast.reader.expects("Последние истории")


async def test_the_way_back_from_a_story_leads_to_the_topic_that_was_searched_for(stage: Stage, cast: Cast) -> None:
    await put_out(stage, "О заводе. " + "слово " * 700, topic="work")
    await put_out(stage, "Об отъезде.", topic="leaving")
    reader = cast.reader
    await reader.says("/stories")
    await reader.presses("Искать по теме")
    await reader.presses("Работа")
    await reader.presses("О заводе.")
    await reader.presses("Читать дальше")
    await reader.presses("К списку историй")
    await reader.expects("Тема: Работа")
    assert "Об отъезде." not in labels(reader)


async def test_a_topic_is_searched_for(stage: Stage, cast: Cast) -> None:
    await put_out(stage, "О заводе.", topic="work")
    await put_out(stage, "Об отъезде.", topic="leaving")
    reader = cast.reader
    await reader.says("/stories")
    await reader.presses("Искать по теме")
    await reader.presses("Отъезд")
    await reader.expects("Тема: Отъезд")
    assert "О заводе." not in labels(reader)
    assert "Об отъезде." in labels(reader)
    await reader.presses("Искать по теме")
    await reader.presses("Протест")
    await reader.expects("Здесь пока ничего нет.")
    await reader.presses("Искать по теме")
    await reader.presses("Обо всём")
    assert {"О заводе.", "Об отъезде."} <= set(labels(reader))


async def test_a_story_in_another_language_says_that_it_is_not_translated(stage: Stage) -> None:
    await put_out(stage, "Мы вышли на площадь.", topic="protest")
    await put_out(stage, "We went out.", language="en", topic="protest")
    reader = stage.person("reader", language="en")
    await reader.says("/stories")
    seen = reader.last.text.text
    assert seen.index("We went out.") < seen.index("Мы вышли на площадь.")
    await reader.expects("Not translated yet; language: Russian")
    await reader.presses("Мы вышли")
    await reader.reads("This story is not translated yet. Here it is as it was written; language: Russian.")
    await reader.expects("Мы вышли на площадь.")


async def test_a_story_that_went_meanwhile_is_said_to_be_gone(stage: Stage, cast: Cast) -> None:
    story = await put_out(stage, STORY)
    reader = cast.reader
    await reader.says("/stories")
    await take_back(stage, story)
    await reader.presses("Весной")
    await reader.expects("Этой истории здесь больше нет.")
    assert all(STORY not in seen.text.text for seen in reader.chat if not seen.buttons)


def test_a_title_is_the_first_words_without_the_questionnaire_s_own() -> None:
    assert title_of(Private("# Кто вы?\nЯ учу детей\nмузыке.\n\n# Что вы сделали?\nВышла.")) == "Я учу детей музыке."
    long = title_of(Private("Весной мы вышли на площадь с пустыми листами бумаги, и никто не знал, чем всё кончится."))
    assert long == "Весной мы вышли на площадь с пустыми листами бумаги, и…"
    assert title_of(Private("а" * 200)) == "а" * 59 + "…"
    assert title_of(Private("")) == ""


def test_topics_fit_into_links() -> None:
    assert all(topic.isalnum() and topic.isascii() and len(topic) <= 60 for topic in TOPICS)
