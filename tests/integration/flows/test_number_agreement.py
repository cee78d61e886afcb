"""Every Russian sentence with a number in it, said with the numbers at which Russian changes its mind.

`UPDATE_GOLDEN=1 pytest tests/integration/flows/test_number_agreement.py` writes golden/ru/numbers.txt anew: read it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import handlers
from bot.app import FRAMEWORK_TEXTS
from bot.texts.arguments import Argument
from bot.texts.fluent import Language, Texts, msg
from bot.texts.sentences import variables
from tests.integration.flows.agreement import disagreements

NUMBERS = (0, 1, 2, 5, 11, 21, 22, 25, 101, 111, 1000)
APPROVED = Path(__file__).parent / "golden" / "ru" / "numbers.txt"
DAYS = {"since", "until", "day", "due", "moment", "signed"}
"""Arguments that are dates."""
_CATEGORIES = {"zero", "one", "two", "few", "many"}


class Counted(Visitor):
    """Which variables choose a sentence's form by number."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:  # noqa: N802
        keys = [variant.key for variant in node.variants]
        categories = {key.name for key in keys if isinstance(key, ftl.Identifier)} & _CATEGORIES
        if isinstance(node.selector, ftl.VariableReference) and categories:
            self.names.add(node.selector.id.name)
        self.generic_visit(node)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    key: str
    variables: frozenset[str]
    counted: frozenset[str]

    def said(self, texts: Texts, name: str, number: int) -> str:
        """With that number in one place, and ordinary things in the others."""
        args: dict[str, Argument] = {other: _ordinary(other, other in self.counted) for other in self.variables}
        return texts.say(Language("ru"), msg(self.key, **{**args, name: number})).text

    @property
    def questions(self) -> Iterator[tuple[str, int]]:
        return ((name, number) for name in sorted(self.counted) for number in NUMBERS)


def _ordinary(name: str, is_counted: bool) -> Argument:
    if is_counted:
        return 7
    return date(2026, 3, 7) if name in DAYS else f"‹{name}›"


def sentences() -> list[Sentence]:
    """All messages of the newsroom and of the framework that have a variable, in the files' order."""
    files = sorted(chain((FRAMEWORK_TEXTS / "ru").glob("*.ftl"), (handlers.LOCALES / "ru").glob("*.ftl")))
    bodies = [FluentParser().parse(file.read_text("utf-8")).body for file in files]
    entries = {entry.id.name: entry for body in bodies for entry in body if isinstance(entry, ftl.Message)}
    found = []
    for key, entry in entries.items():
        counted = Counted()
        counted.visit(entry)
        if names := variables(key, entries):
            found.append(Sentence(key=key, variables=frozenset(names), counted=frozenset(counted.names)))
    return found


ALL = sentences()
COUNTING = [sentence for sentence in ALL if sentence.counted]


def shown(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


@pytest.mark.parametrize("sentence", COUNTING, ids=lambda sentence: sentence.key)
def test_the_words_around_a_number_agree_with_it(sentence: Sentence, texts: Texts) -> None:
    wrong = [
        (said, pieces)
        for name, number in sentence.questions
        if (pieces := disagreements(said := sentence.said(texts, name, number), number))
    ]
    assert wrong == []


@pytest.mark.parametrize("sentence", COUNTING, ids=lambda sentence: sentence.key)
def test_what_is_said_of_one_is_not_said_of_twenty_one(sentence: Sentence, texts: Texts) -> None:
    """«Одна история» is right of 1 only: 21 and 101 take the same form of Fluent's, so it must name its number."""
    for name in sorted(sentence.counted):
        for number in (21, 101):
            said = sentence.said(texts, name, number)
            assert shown(number) in said or said == sentence.said(texts, name, number + 4)


@pytest.mark.parametrize("sentence", ALL, ids=lambda sentence: sentence.key)
def test_no_number_stands_before_a_word_that_can_not_agree(sentence: Sentence, texts: Texts) -> None:
    """`{ $count } знаков` without forms is right for some numbers only."""
    for name in sorted(sentence.variables - sentence.counted - DAYS):
        for number in NUMBERS:
            assert disagreements(sentence.said(texts, name, number), number) == []


def test_these_sentences_were_read_by_an_editor(texts: Texts) -> None:
    lines = []
    for sentence in sorted(COUNTING, key=lambda sentence: sentence.key):
        for name in sorted(sentence.counted):
            lines.append(f"{sentence.key}, ${name}")
            said = [(number, sentence.said(texts, name, number)) for number in NUMBERS]
            lines += [f"{number:>6}  {' '.join(words.split())}" for number, words in said]
            lines.append("")
    listed = "\n".join(lines)
    if os.environ.get("UPDATE_GOLDEN"):
        APPROVED.write_text(listed, "utf-8")
    assert listed == APPROVED.read_text("utf-8")


RIGHT = (
    (1, "В истории 1 знак."),
    (5, "Истории приходят в 5 утра."),
    (21, "Нужен ещё 21 редактор."),
    (2, "Приложены 2 фотографии."),
    (22, "Осталось 22 дня."),
    (5, "Можно приложить до 5 фотографий."),
    (1, "Нужно не больше 1 знака."),
    (2, "Нужно не больше 2 знаков."),
    (1, "Она исчезнет через 1 минуту."),
    (25, "Её удалят через 25 дней."),
    (1, "Готовим 1 фотографию."),
    (1000, "Её прочли 1000 человек."),
    (1, "У вас 1 новая история."),
    (3, "В 3 историях нет подписи."),
)
WRONG = (
    (21, "В истории 21 знаков."),
    (1, "Нужно ещё 1 редактор."),
    (2, "Приложена 2 фотографии."),
    (22, "Осталось 22 дней."),
    (5, "Можно приложить до 5 фотографии."),
    (1, "Нужно не больше 1 знак."),
    (2, "Нужно не больше 2 знака."),
    (1, "Она исчезнет через 1 минута."),
    (111, "Её удалят через 111 день."),
    (1, "Готовим 1 фотография."),
    (1, "У вас 1 новый история."),
    (11, "Остался 11 день."),
    (1, "Уйдут 1 фотография."),
)


@pytest.mark.parametrize(("number", "sentence"), RIGHT)
def test_what_is_right_is_let_through(number: int, sentence: str) -> None:
    assert disagreements(sentence, number) == []


@pytest.mark.parametrize(("number", "sentence"), WRONG)
def test_what_is_wrong_is_seen(number: int, sentence: str) -> None:
    assert disagreements(sentence, number)
