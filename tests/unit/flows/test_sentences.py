"""The program's own sentences: nothing is missing, and Russian numbers agree with their nouns."""

from __future__ import annotations

from pathlib import Path

import pytest

import bot
import handlers
from bot.texts.arguments import Argument
from bot.texts.fluent import Language, Texts, msg
from bot.texts.lint import lint

ROOTS = [Path(str(package.__file__)).parent for package in (bot, handlers)]
FOLDERS = [ROOTS[0] / "texts" / "locales", handlers.LOCALES]
TEXTS = Texts.load(FOLDERS, strict=True)
RU, EN = Language("ru"), Language("en")
ONE, FEW, MANY = (1, 21, 101), (2, 22), (5, 11, 25, 111, 1000)
"""Numbers by the form that a Russian noun takes beside them."""

SENTENCES = {  # key → argument, and the words that stand beside one, a few, many
    "tell-so-far": ("characters", "знак.", "знака.", "знаков."),
    "tell-so-far-photos": ("photos", "Приложена * фотография.", "Приложены * фотографии.", "Приложено * фотографий."),
    "tell-so-far-answer": ("characters", "знак.", "знака.", "знаков."),
    "tell-so-far-recordings": ("recordings", "Приложена * запись.", "Приложены * записи.", "Приложено * записей."),
    "tell-overview-count": ("count", "из * вопроса.", "из * вопросов.", "из * вопросов."),
    "tell-too-long": ("most", "до * знака.", "до * знаков.", "до * знаков."),
    "tell-too-many-photos": ("most", "до * фотографии.", "до * фотографий.", "до * фотографий."),
    "tell-byline-too-long": ("most", "не длиннее * знака.", "не длиннее * знаков.", "не длиннее * знаков."),
    "tell-too-many-recordings": ("most", "до * записи.", "до * записей.", "до * записей."),
    "tell-describe-too-long": ("most", "не длиннее * знака.", "не длиннее * знаков.", "не длиннее * знаков."),
    "tell-region-too-long": ("most", "не длиннее * знака.", "не длиннее * знаков.", "не длиннее * знаков."),
    "tell-files-wait": ("files", "Готовим * файл.", "Готовим * файла.", "Готовим * файлов."),
    "tell-review-recordings": ("recordings", "* запись получат", "* записи получат", "* записей получат"),
    "tell-review": ("photos", "уйдёт * фотография.", "уйдут * фотографии.", "уйдут * фотографий."),
    "reader-some-topics": ("count", "Вы выбрали * тему.", "Вы выбрали * темы.", "Вы выбрали * тем."),
    "delete-stories": ("stories", "Уничтожим * историю,", "Уничтожим * истории,", "Уничтожим * историй,"),
    "mine-list": ("count", "У вас * история:", "У вас * истории:", "У вас * историй:"),
    "answer-too-long": ("most", "не больше * знака.", "не больше * знаков.", "не больше * знаков."),
    "desk-approved": ("missing", "Нужен ещё * редактор.", "Нужно ещё * редактора.", "Нужно ещё * редакторов."),
    "edit-so-far": ("characters", "* знак.", "* знака.", "* знаков."),
    "card-facts": ("photos", "* фотография.", "* фотографии.", "* фотографий."),
}
WITHOUT_NOUN = {"topic-of", "tell-topic-is", "status-agreed", "mine-line", "delete-what-stays"}
"""A number is in them, but no noun beside it."""


def said(language: Language, key: str, number: int) -> str:
    name = SENTENCES[key][0]
    arguments: dict[str, Argument] = {name: number}
    if key == "tell-overview-count":
        arguments |= {"answered": 1}
    if key == "card-facts":
        arguments |= {"language": "ru", "version": 1}
    return TEXTS.say(language, msg(key, **arguments)).text.replace("\u00a0", "").replace("\u202f", "")


def test_nothing_is_wrong_with_any_sentence() -> None:
    assert lint(FOLDERS, sorted(file for root in ROOTS for file in root.rglob("*.py"))) == []


@pytest.mark.parametrize("key", SENTENCES)
def test_numbers_agree_in_russian(key: str) -> None:
    _, one, few, many = SENTENCES[key]
    for numbers, words in ((ONE, one), (FEW, few), (MANY, many)):
        for number in numbers:
            expected = words.replace("*", str(number)) if "*" in words else f"{number} {words}"
            assert expected in said(RU, key, number)


@pytest.mark.parametrize("key", SENTENCES)
def test_numbers_agree_in_english(key: str) -> None:
    one, two = said(EN, key, 1), said(EN, key, 2)
    assert one.replace("1", "2", 1) != two
    assert said(EN, key, 21).replace("21", "2") == two


@pytest.mark.parametrize(
    ("key", "words"),
    [("tell-so-far", "В истории пока нет слов."), ("tell-review", "Всё верно?"), ("card-facts", "Без фотографий.")],
)
def test_nothing_is_counted_where_there_is_nothing(key: str, words: str) -> None:
    assert said(RU, key, 0).endswith(words)


@pytest.mark.parametrize("language", [RU, EN])
def test_every_sentence_with_a_number_is_looked_at(language: Language) -> None:
    """A new one must find its place above."""
    found = set()
    for folder in FOLDERS:
        for file in (folder / language).glob("*.ftl"):
            entries = file.read_text("utf-8").splitlines()
            key = ""
            for line in entries:
                if line[:1].isalpha():
                    key = line.split(" ")[0]
                if "->" in line:
                    found.add(key)
    assert found - WITHOUT_NOUN == set(SENTENCES)
