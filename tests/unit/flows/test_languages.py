"""The languages of readers: complete, with the plural forms that each has; and what languages are called."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import bot.texts
import handlers
from bot.texts.lint import READERS, lint
from handlers.languages import language_name, own_name
from handlers.policy import LANGUAGES
from handlers.topics import READERS_TOPICS

FOLDERS = (Path(str(bot.texts.__file__)).parent / "locales", handlers.LOCALES)
SPOKEN = ("cs", "de", "en", "fr", "ru")


@pytest.fixture
def copies(tmp_path: Path) -> list[Path]:
    copied = []
    for number, folder in enumerate(FOLDERS):
        shutil.copytree(folder, tmp_path / str(number))
        copied.append(tmp_path / str(number))
    return copied


def files(copies: list[Path], language: str) -> list[Path]:
    return sorted(file for folder in copies for file in (folder / language).glob("*.ftl"))


def test_these_are_all_the_languages(copies: list[Path]) -> None:
    assert {folder.name for copy in copies for folder in copy.iterdir()} == set(SPOKEN)
    assert lint(copies) == []


def test_a_made_up_language_shows_exactly_what_is_missing(copies: list[Path]) -> None:
    (copies[1] / "eo").mkdir()
    (copies[1] / "eo" / "topics.ftl").write_text("topic-war = Milito\ntopic-hom = Hejmo\n", "utf-8")
    found = {(one.file.parent.name, one.file.name, one.key, one.what.partition(",")[0]) for one in lint(copies)}
    whole = {(file, what) for language, file, key, what in found if key == "-"}
    assert {file for file, _ in whole} == READERS - {"topics.ftl"}
    assert all(what.startswith("the whole file is missing") for _, what in whole)
    words = {(key, what) for _, file, key, what in found if key != "-"}
    missing = {f"topic-{topic}" for topic in (*READERS_TOPICS, "of")} - {"topic-war"}
    assert words == {(key, "is missing") for key in missing} | {
        ("topic-hom", f"is not in {copies[1] / 'ru' / 'topics.ftl'}")
    }
    assert {language for language, *_ in found} == {"eo"}


FORMS = [{"ru": "one", "en": "one", "de": "one", "fr": "one", "cs": "few"}, {"ru": "few", "fr": "many"}]


@pytest.mark.parametrize("forms", FORMS, ids=["the first", "another"])
def test_every_plural_form_that_is_taken_away_is_missed(copies: list[Path], forms: dict[str, str]) -> None:
    """From every language at once: reading them all is what takes long."""
    taken = {language: takes_away(copies, language, form) for language, form in forms.items()}
    assert min(map(len, taken.values())) >= 2
    wanted = {(file, key, forms[language]) for language, places in taken.items() for file, key in places}
    assert {(one.file, one.key, one.what) for one in lint(copies)} == {
        (file, key, f"lacks the plural forms {form}") for file, key, form in wanted
    }


def takes_away(copies: list[Path], language: str, form: str) -> set[tuple[Path, str]]:
    places = set()
    for file in files(copies, language):
        kept = file.read_text("utf-8").splitlines(keepends=True)
        for number, line in enumerate(kept):
            if re.match(rf" +\[{form}\]", line):
                places.add((file, key_of(kept, number)))
                kept[number] = ""
        file.write_text("".join(kept), "utf-8")
    return places


def key_of(lines: list[str], number: int) -> str:
    return next(line for line in reversed(lines[:number]) if line[:1].isalpha()).split(" ")[0]


def test_a_plural_form_that_a_language_does_not_have_is_found(copies: list[Path]) -> None:
    forms = {"en": "few", "de": "many", "fr": "two", "cs": "two"}
    for language, form in forms.items():
        file = copies[1] / language / "reader.ftl"
        whole = file.read_text("utf-8")
        assert "[one]" in whole
        file.write_text(whole.replace("        [one]", f"        [{form}] {'{ $count }'}\n        [one]", 1), "utf-8")
    assert sorted(finding.what for finding in lint(copies)) == sorted(
        f"has plural forms that {language} does not: {form}" for language, form in forms.items()
    )


@pytest.mark.parametrize("wrong", [("ru",), ("cs", "de", "en", "fr")], ids=["in the source", "in the others"])
def test_a_wrong_variable_is_found(copies: list[Path], wrong: tuple[str, ...]) -> None:
    for language in wrong:
        file = copies[0] / language / "framework.ftl"
        file.write_text(file.read_text("utf-8").replace("$reference", "$refrence"), "utf-8")
    found = lint(copies)
    assert {finding.file.parent.name for finding in found} == {"cs", "de", "en", "fr"}
    assert all(finding.key == "turn-has-failed" and "has the variables" in finding.what for finding in found)


def test_languages_are_called_by_their_own_names_and_by_others() -> None:
    assert [own_name(language) for language in SPOKEN] == ["Čeština", "Deutsch", "English", "Français", "Русский"]
    assert language_name("de", "ru") == "немецкий"
    assert language_name("ru", "fr") == "russe"


def test_stories_are_told_in_languages_that_say_everything() -> None:
    for language in LANGUAGES:
        assert {file.name for file in (handlers.LOCALES / language).iterdir()} == {
            file.name for file in (handlers.LOCALES / "ru").iterdir()
        }
