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


@pytest.mark.parametrize(
    ("language", "form"),
    [("ru", "one"), ("ru", "few"), ("en", "one"), ("de", "one"), ("fr", "one"), ("fr", "many"), ("cs", "few")],
)
def test_every_plural_form_that_is_taken_away_is_missed(copies: list[Path], language: str, form: str) -> None:
    places = set()
    for file in files(copies, language):
        kept = file.read_text("utf-8").splitlines(keepends=True)
        for number, line in enumerate(kept):
            if re.match(rf" +\[{form}\]", line):
                places.add((file, key_of(kept, number)))
                kept[number] = ""
        file.write_text("".join(kept), "utf-8")
    findings = lint(copies)
    assert len(places) >= 2
    assert {finding.what for finding in findings} == {f"lacks the plural forms {form}"}
    assert {(finding.file, finding.key) for finding in findings} == places


def key_of(lines: list[str], number: int) -> str:
    return next(line for line in reversed(lines[:number]) if line[:1].isalpha()).split(" ")[0]


@pytest.mark.parametrize(("language", "form"), [("en", "few"), ("de", "many"), ("fr", "two"), ("cs", "two")])
def test_a_plural_form_that_a_language_does_not_have_is_found(copies: list[Path], language: str, form: str) -> None:
    file = copies[1] / language / "reader.ftl"
    whole = file.read_text("utf-8")
    assert "[one]" in whole
    file.write_text(whole.replace("        [one]", f"        [{form}] {'{ $count }'}\n        [one]", 1), "utf-8")
    (finding,) = lint(copies)
    assert finding.what == f"has plural forms that {language} does not: {form}"


@pytest.mark.parametrize("language", SPOKEN)
def test_a_wrong_variable_is_found(copies: list[Path], language: str) -> None:
    file = copies[0] / language / "framework.ftl"
    file.write_text(file.read_text("utf-8").replace("$reference", "$refrence"), "utf-8")
    found = lint(copies)
    assert found
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
