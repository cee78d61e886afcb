"""From a folder of TOML files to questionnaires. Every problem is collected, so that one look mends them all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.errors import ConfigError
from handlers.policy import LANGUAGES
from handlers.questionnaires.questionnaire import Question, Questionnaire, Questionnaires

SHIPPED = Path(__file__).parent
MOST_QUESTIONS = 20
_NAME = re.compile(r"[a-z0-9_-]{1,40}")
_KEYS = ("title", "about", "order", "questions")
_QUESTION_KEYS = ("id", "title", "ask", "help", "optional", "for_editors")
_LONGEST = {"title": 60, "about": 200, "ask": 300, "help": 600}
"""Characters: a title is a button, a question with its help one message that is read at a glance."""


@cache
def shipped() -> Questionnaires:
    return load_questionnaires(SHIPPED)


def configured(folder: Path | None) -> Questionnaires:
    """Those in the folder that the config names; without one, those that are shipped. Raises ConfigError."""
    return shipped() if folder is None else load_questionnaires(folder)


def load_questionnaires(folder: Path) -> Questionnaires:
    """Raises ConfigError: a line for each problem, with the file, the question and the remedy."""
    problems: list[str] = []
    found: dict[str, tuple[Questionnaire, ...]] = {}
    for language in LANGUAGES:
        files = sorted((folder / language).glob("*.toml"))
        if not files:
            problems.append(f"{folder / language}: there is no questionnaire: put one there, like short.toml.")
        read = [one for file in files if (one := _File(file, problems).read()) is not None]
        _check_titles(folder / language, read, problems)
        found[language] = tuple(sorted(read, key=lambda one: (one.order, one.name)))
    if problems:
        raise ConfigError("\n".join(problems))
    return Questionnaires(by_language=found)


def _check_titles(folder: Path, read: Sequence[Questionnaire], problems: list[str]) -> None:
    titles = [one.title.casefold() for one in read]
    for one in read:
        if titles.count(one.title.casefold()) > 1:
            problems.append(f"{folder / one.name}.toml: title: another one has it too: people choose by it, change it.")


@dataclass(frozen=True)
class _File:
    """One file that is being read. What is wrong is noted, and reading goes on."""

    path: Path
    problems: list[str]

    def read(self) -> Questionnaire | None:
        """None when something is wrong with it."""
        before = len(self.problems)
        whole = self._tables()
        if whole is None:
            return None
        if not _NAME.fullmatch(self.path.stem):
            self._problem("the file's name", "may have small Latin letters, digits, _ and - only: rename it.")
        self._check_keys("", whole, _KEYS)
        title, about = self._line("", whole, "title"), self._line("", whole, "about")
        order = whole.get("order", 0)
        if not isinstance(order, int) or isinstance(order, bool):
            self._problem("order", "must be a whole number: the smallest comes first.")
            order = 0
        questions = self._questions(whole.get("questions"))
        if len(self.problems) > before:
            return None
        return Questionnaire(name=self.path.stem, title=title, about=about, order=order, questions=questions)

    def _tables(self) -> dict[str, object] | None:
        try:
            return tomllib.loads(self.path.read_bytes().decode("utf-8-sig"))
        except UnicodeDecodeError:
            self._problem("", "is not UTF-8 text: save it as UTF-8.")
        except OSError as error:
            self._problem("", f"can't be read ({error.strerror}): it must belong to the account that runs this.")
        except tomllib.TOMLDecodeError as error:
            self._problem("", f"this is not TOML ({error}): is a quote, a bracket or an = missing?")
        return None

    def _questions(self, given: object) -> tuple[Question, ...]:
        if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
            self._problem("questions", "are missing: each one begins with a line [[questions]].")
            return ()
        if len(given) > MOST_QUESTIONS:
            self._problem("questions", f"are more than {MOST_QUESTIONS}: nobody answers that many, leave some out.")
        questions = tuple(self._question(number, one) for number, one in enumerate(given, 1))
        ids = [question.id for question in questions]
        for number, one in enumerate(questions, 1):
            if one.id and ids.index(one.id) < number - 1:
                self._problem(f"question {number}, id", f"{one.id!r} is an earlier question's: give it one of its own.")
        if all(question.for_editors for question in questions):
            self._problem("questions", "are all for_editors, so there would be no story: remove that from one of them.")
        return questions

    def _question(self, number: int, given: dict[str, object]) -> Question:
        where = f"question {number}, "
        self._check_keys(where, given, _QUESTION_KEYS)
        name = given.get("id")
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            self._problem(f"{where}id", "must be a short name of small Latin letters, digits, _ and -: drafts keep it.")
            name = ""
        return Question(
            id=name,
            ask=self._line(where, given, "ask"),
            title=self._line(where, given, "title", needed=False),
            help=self._text(where, given, "help", needed=False),
            optional=self._flag(where, given, "optional"),
            for_editors=self._flag(where, given, "for_editors"),
        )

    def _check_keys(self, where: str, given: dict[str, object], known: Sequence[str]) -> None:
        for key in given:
            if key not in known:
                self._problem(f"{where}{key}", f"there is no such key: it may have {', '.join(known)}; correct it.")

    def _text(self, where: str, given: dict[str, object], key: str, *, needed: bool = True) -> str:
        value = given.get(key, "")
        if not isinstance(value, str):
            self._problem(f"{where}{key}", "must be text in quotes.")
            return ""
        if needed and not value.strip():
            self._problem(f"{where}{key}", "is missing: write it there, in quotes.")
        elif len(value) > _LONGEST[key]:
            self._problem(f"{where}{key}", f"is longer than {_LONGEST[key]} characters: shorten it.")
        return value.strip()

    def _line(self, where: str, given: dict[str, object], key: str, *, needed: bool = True) -> str:
        text = self._text(where, given, key, needed=needed)
        if "\n" in text:
            self._problem(f"{where}{key}", "must be one line: put the rest into help.")
        return text

    def _flag(self, where: str, given: dict[str, object], key: str) -> bool:
        value = given.get(key, False)
        if not isinstance(value, bool):
            self._problem(f"{where}{key}", "must be true or false, without quotes.")
            return False
        return value

    def _problem(self, where: str, what: str) -> None:
        self.problems.append(f"{self.path}: {where}: {what}" if where else f"{self.path}: {what}")
