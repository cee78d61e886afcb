"""The questionnaires: those that are shipped are sound, and what is wrong with one's own is said with its remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import ConfigError
from handlers.policy import LANGUAGES
from handlers.questionnaires.loading import SHIPPED, configured, load_questionnaires, shipped

GOOD = """
title = "Три вопроса"
about = "Коротко."

[[questions]]
id = "one"
ask = "Что было?"

[[questions]]
id = "two"
title = "Потом"
ask = "Что потом?"
help = "В двух словах."
optional = true
"""


def folder_with(folder: Path, text: str | bytes = GOOD, name: str = "mine.toml") -> Path:
    for language in LANGUAGES:
        (folder / language).mkdir(exist_ok=True)
        (folder / language / "mine.toml").write_text(GOOD, "utf-8")
    (folder / "ru" / "mine.toml").unlink()
    (folder / "ru" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def problem_with(folder: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        load_questionnaires(folder)
    return str(caught.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_are_shipped_and_the_first_asks_one_thing(language: str) -> None:
    first, *others = shipped().of(language)
    assert first.is_single
    assert [len(one.questions) for one in others] == [6, 6]
    assert all(one.questions[-1].for_editors for one in others)


def test_the_languages_ask_the_same() -> None:
    russian, english = (
        [(one.name, [(question.id, question.optional, question.for_editors) for question in one.questions])
         for one in shipped().of(language)]
        for language in LANGUAGES
    )  # fmt: skip
    assert russian == english


def test_a_folder_replaces_those_that_are_shipped(tmp_path: Path) -> None:
    found = configured(folder_with(tmp_path))
    assert [one.name for one in found.of("ru")] == ["mine"]
    assert found.find("ru", "short").name == "mine"
    assert found.find("ru", "mine").questions[1].optional
    assert configured(None).of("ru") == load_questionnaires(SHIPPED).of("ru")


def test_the_smallest_order_comes_first(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    (folder / "ru" / "zero.toml").write_text('order = -1\ntitle = "Ноль"' + GOOD.split('"Три вопроса"')[1], "utf-8")
    assert [one.name for one in load_questionnaires(folder).of("ru")] == ["zero", "mine"]


def test_a_question_that_is_no_more_counts_as_the_first() -> None:
    assert shipped().find("ru", "interview").at("of yesterday").id == "who"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD.replace('ask = "Что было?"', ""), "question 1, ask: is missing: write it there"),
        (GOOD.replace('ask = "Что потом?"', "ask = 2"), "question 2, ask: must be text in quotes"),
        (GOOD.replace('id = "two"', 'id = "one"'), "question 2, id: 'one' is an earlier question's"),
        (GOOD.replace('id = "two"', 'id = "Два"'), "question 2, id: must be a short name"),
        (GOOD.replace("optional = true", 'optional = "yes"'), "question 2, optional: must be true or false"),
        (GOOD.replace("optional", "optinal"), "question 2, optinal: there is no such key"),
        (GOOD.replace("Потом", "Потом\\nи ещё"), "question 2, title: must be one line"),
        (GOOD.replace("Что было?", "ы" * 301), "question 1, ask: is longer than 300 characters"),
        (GOOD.replace('about = "Коротко."', ""), "about: is missing"),
        (GOOD.replace('about = "Коротко."', 'about = "Коротко."\norder = "first"'), "order: must be a whole number"),
        (GOOD.split("[[questions]]")[0], "questions: are missing"),
        (GOOD.replace("ask =", "for_editors = true\nask ="), "questions: are all for_editors"),
        (GOOD + "".join(f'[[questions]]\nid = "q{n}"\nask = "?"\n' for n in range(19)), "are more than 20"),
        ("title =", "this is not TOML"),
        (b"\xff\xfe", "is not UTF-8 text"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_the_remedy(tmp_path: Path, text: str | bytes, words: str) -> None:
    problem = problem_with(folder_with(tmp_path, text))
    assert problem.startswith(f"{tmp_path / 'ru' / 'mine.toml'}: ")
    assert words in problem


def test_every_problem_is_said_at_once(tmp_path: Path) -> None:
    problem = problem_with(folder_with(tmp_path, GOOD.replace("ask =", "aks =")))
    assert [line.split(": ")[1] for line in problem.splitlines()] == [
        "question 1, aks",
        "question 1, ask",
        "question 2, aks",
        "question 2, ask",
    ]


def test_a_file_needs_a_plain_name_and_a_title_of_its_own(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, name="Моя.toml")
    assert "the file's name: may have small Latin letters" in problem_with(folder)
    (folder / "ru" / "Моя.toml").rename(folder / "ru" / "mine.toml")
    (folder / "ru" / "other.toml").write_text(GOOD, "utf-8")
    assert "title: another one has it too" in problem_with(folder)


def test_each_language_of_stories_needs_one(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    (folder / "en" / "mine.toml").unlink()
    assert problem_with(folder) == f"{folder / 'en'}: there is no questionnaire: put one there, like short.toml."
