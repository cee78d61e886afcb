"""One text with titles in it: written, taken apart, and shown without the sign."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.manuscript.sections import Section, sections_of, shown, written
from storage.private import Private
from tests.unit.manuscript.strategies import lines, texts


def section(title: str, text: str) -> Section:
    return Section(title=Private(title), text=Private(text))


titles = lines.filter(lambda line: not line.startswith("# ")).map(str.strip)
bodies = (
    st.lists(lines.filter(lambda line: not line.startswith("# ")), min_size=1, max_size=4).map("\n".join).map(str.strip)
)
titled = st.lists(st.builds(section, titles, bodies), max_size=5)
untitled = st.lists(st.builds(section, st.just(""), bodies), max_size=1)


@given(untitled, titled)
def test_what_is_written_reads_back(first: list[Section], others: list[Section]) -> None:
    assert sections_of(written([*first, *others])) == (*first, *others)


@given(texts)
def test_writing_a_text_again_changes_nothing_any_more(text: str) -> None:
    once = written(sections_of(Private(text)))
    assert written(sections_of(once)) == once


@given(texts)
def test_every_word_is_shown(text: str) -> None:
    words = [word for line in text.split("\n") for word in line.removeprefix("# ").split()]
    assert shown(Private(text)).text.split() == words


def test_titles_are_bold_and_have_no_sign() -> None:
    text = shown(Private("Начало.\n\n# 24 февраля\nМы вышли."))
    assert text.text == "Начало.\n\n24 февраля\nМы вышли."
    assert [span.text for span in text.spans if span.style.bold] == ["24 февраля"]


def test_a_section_that_says_nothing_is_left_out_with_its_title() -> None:
    assert written([section("Кто вы?", " "), section("Что было?", "Всё.")]).reveal() == "# Что было?\nВсё."
