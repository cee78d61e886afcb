import logging
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from hypothesis import given

from bot.texts.entries import slices
from bot.texts.fluent import Language, Message, Texts, TextsError, msg
from bot.texts.rich import Rich, Span, Style, bold, code, italic, link, quote
from handlers import LOCALES
from storage.private import Private
from tests.unit.texts.strategies import riches, texts

RU, EN, CS = Language("ru"), Language("en"), Language("cs")

RUSSIAN = """
text-missing = Что-то пошло не так.
hello = Здравствуйте, { $name }!
stories = { $count ->
    [one] { $count } история
    [few] { $count } истории
    [many] { $count } историй
   *[other] { $count } истории
}
until = Храним до { $day }.
until-year = Храним до { DATETIME($day, dateStyle: "long") }.
status = { $status ->
    [published] вышла
   *[other] ждёт
}
rules = <b>Важно:</b> <i>пишите <b>сами</b></i>, <code>/help</code>.
    <q>Цитата</q>
    <a href="https://example.org/{ $path }">Читать</a> { $text }
broken = <b>Не закрыто
russian-only = Только по-русски
"""
ENGLISH = """
hello = Hello, { $name }!
stories = { $count ->
    [one] { $count } story
   *[other] { $count } stories
}
until = We keep it until { $day }.
until-year = We keep it until { DATETIME($day, dateStyle: "long") }.
"""

Write = Callable[..., Path]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    folder = tmp_path_factory.mktemp("house")
    (folder / "ru").mkdir()
    (folder / "ru" / "house.ftl").write_text(RUSSIAN, "utf-8")
    return Texts.load([folder], strict=True)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(**languages: str) -> Path:
        for language, source in languages.items():
            (tmp_path / language).mkdir(exist_ok=True)
            (tmp_path / language / "house.ftl").write_text(source, "utf-8")
        return tmp_path

    return write


@pytest.fixture
def said(write: Write) -> Texts:
    return Texts.load([write(ru=RUSSIAN, en=ENGLISH, cs="until = Do { $day }.")])


@pytest.mark.parametrize(
    ("code", "language"),
    [("ru", RU), ("ru-RU", RU), ("EN_us", EN), ("cs", CS), ("uk", EN), ("zh-hans", EN), (None, RU), ("", RU)],
)
def test_a_persons_language_is_picked(said: Texts, code: str | None, language: Language) -> None:
    assert said.languages == (RU, CS, EN)
    assert said.pick(code) == language


def test_without_english_the_default_is_picked(write: Write) -> None:
    assert Texts.load([write(ru=RUSSIAN)]).pick("fr") == RU


@pytest.mark.parametrize(
    ("count", "ru", "en"),
    [(1, "1 история", "1 story"), (3, "3 истории", "3 stories"), (11, "11 историй", "11 stories")],
)
def test_numbers_take_their_plural(said: Texts, count: int, ru: str, en: str) -> None:
    assert said.say(RU, msg("stories", count=count)).text == ru
    assert said.say(EN, msg("stories", count=count)).text == en


def test_days_are_said_as_people_say_them(said: Texts) -> None:
    def until(language: Language, day: date, key: str = "until") -> str:
        return said.say(language, msg(key, day=day)).text

    march = date(2026, 3, 5)
    assert until(RU, march) == "Храним до 5\u00a0марта."
    assert until(EN, march) == "We keep it until 5\u00a0March."
    assert until(CS, march) == "Do 5.\u00a0března."
    assert until(RU, datetime(2026, 3, 5, 18, 30)) == "Храним до 5\u00a0марта,\u00a018:30."
    assert until(RU, march, "until-year") == "Храним до 5 марта 2026\u202fг.."
    assert until(EN, march, "until-year") == "We keep it until 5 March 2026."


def test_our_markup_becomes_rich_text(said: Texts) -> None:
    rules = said.say(RU, msg("rules", path="a?b=1&c", text=italic("мир")))

    assert rules == (
        bold("Важно:")
        + " "
        + italic(Rich.plain("пишите ") + bold("сами"))
        + ", "
        + code("/help")
        + ".\n"
        + quote("Цитата")
        + "\n"
        + link("Читать", "https://example.org/a?b=1&c")
        + " "
        + italic("мир")
    )


@given(name=texts)
def test_what_a_person_wrote_is_shown_literally(house: Texts, name: str) -> None:
    greeting = house.say(RU, msg("hello", name=Private(name)))

    assert greeting.text == f"Здравствуйте, {name}!"
    assert greeting.spans == (Span(greeting.text),)
    assert house.say(RU, msg("rules", path="", text=name)).text.endswith(f"Читать {name}")


@given(rich=riches)
def test_rich_arguments_keep_their_looks(house: Texts, rich: Rich) -> None:
    assert house.say(RU, msg("hello", name=rich)) == Rich.plain("Здравствуйте, ") + rich + "!"


def test_a_text_longer_than_fluent_takes_is_said(said: Texts) -> None:
    assert len(said.say(RU, msg("hello", name="я" * 100_000))) == 100_015


def test_a_text_can_be_selected_by(said: Texts) -> None:
    assert said.say(RU, msg("status", status="published")).text == "вышла"
    assert said.say(RU, msg("status", status=Private("draft"))).text == "ждёт"


def test_a_sentence_may_differ_by_messenger(write: Write) -> None:
    choose = "choose = { $platform ->\n    [matrix] Пришлите номер.\n   *[other] Нажмите кнопку.\n }\n"
    texts = Texts.load([write(ru=choose)])
    said = [texts.say(RU, msg("choose"), platform).text for platform in ("matrix", "telegram", "")]
    assert said == ["Пришлите номер.", "Нажмите кнопку.", "Нажмите кнопку."]


def test_no_invisible_marks_are_put_around_arguments(said: Texts) -> None:
    assert said.say(RU, msg("hello", name="A")).text == "Здравствуйте, A!"


@pytest.mark.parametrize(
    ("language", "message", "heard"),
    [
        (EN, msg("russian-only"), "Только по-русски"),
        (EN, msg("nowhere"), "Что-то пошло не так."),
        (RU, msg("hello"), "Что-то пошло не так."),
        (RU, msg("broken"), "Что-то пошло не так."),
        (RU, msg("rules", path=" javascript:", text="Анна"), "Что-то пошло не так."),
        (Language("xx"), msg("russian-only"), "Только по-русски"),
    ],
)
def test_a_person_always_gets_a_calm_answer(
    said: Texts, language: Language, message: Message, heard: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        assert said.say(language, message).text == heard

    assert f"key={message.key} language={language}" in caplog.text
    assert "Анна" not in caplog.text


def test_even_without_that_sentence_nothing_is_raised(write: Write) -> None:
    assert Texts.load([write(ru="a = А")]).say(RU, msg("b")).text == "…"


@pytest.mark.parametrize("message", [msg("nowhere"), msg("hello"), msg("broken")])
def test_strict_texts_raise_instead(write: Write, message: Message) -> None:
    with pytest.raises(TextsError, match=message.key):
        Texts.load([write(ru=RUSSIAN)], strict=True).say(RU, message)


@pytest.mark.parametrize(
    ("languages", "complaint"),
    [
        ({"ru": "a = А\na = Б"}, "house.ftl: a is in"),
        ({"ru": "a = А", "klingon": "a = A"}, "is no language"),
        ({"en": "a = A"}, "default language"),
    ],
)
def test_broken_files_are_refused_at_the_start(write: Write, languages: dict[str, str], complaint: str) -> None:
    with pytest.raises(TextsError, match=complaint):
        Texts.load([write(**languages)])


def test_a_sentence_that_cant_be_read_is_missed_alone_unless_texts_are_strict(write: Write) -> None:
    house = write(ru=RUSSIAN + "cut = { $b\nafter = После")

    texts = Texts.load([house])
    assert texts.say(RU, msg("cut")).text == "Что-то пошло не так."
    assert texts.say(RU, msg("after")).text == "После"
    with pytest.raises(TextsError, match=r"house\.ftl: Fluent can't read it"):
        Texts.load([house], strict=True)


def test_what_a_sentence_refers_to_is_said_with_it(write: Write) -> None:
    house = write(ru="-bot = Тамиздат\nsign = — { -bot }\nletter = Здравствуйте. { sign }")

    assert Texts.load([house]).say(RU, msg("letter")).text == "Здравствуйте. — Тамиздат"


@pytest.mark.parametrize("path", sorted(LOCALES.glob("*/*.ftl")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_entries_are_cut_where_fluent_finds_them(path: Path) -> None:
    source = path.read_text("utf-8")
    found = [entry for entry in FluentParser().parse(source).body if isinstance(entry, ftl.Message | ftl.Term)]

    assert [
        FluentParser().parse_entry(cut).equals(entry, ["span", "comment"])
        for (_, cut), entry in zip(slices(source), found, strict=True)
    ] == [True] * len(found)


def test_two_folders_speak_together_but_not_with_the_same_key(write: Write, tmp_path: Path) -> None:
    framework = tmp_path / "framework"
    (framework / "ru").mkdir(parents=True)
    (framework / "ru" / "flow.ftl").write_text("back = Назад", "utf-8")
    house = write(ru=RUSSIAN)

    assert Texts.load([framework, house]).say(RU, msg("back")).text == "Назад"
    (framework / "ru" / "flow.ftl").write_text("hello = Привет", "utf-8")
    with pytest.raises(TextsError, match=r"flow\.ftl: hello is in|house\.ftl: hello is in"):
        Texts.load([framework, house])


def test_a_message_does_not_show_its_arguments() -> None:
    assert repr(msg("hello", name="Анна")) == "Message(hello, name)"
    assert msg("hello", name="Анна") == Message("hello", (("name", "Анна"),))


def test_an_argument_inside_bold_is_bold(write: Write) -> None:
    title = Texts.load([write(ru="t = <b>{ $title }</b>")]).say(RU, msg("t", title=italic("<i>")))

    assert title.spans == (Span("<i>", Style(bold=True, italic=True)),)
