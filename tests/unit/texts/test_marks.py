"""Formatting that is typed: read, written, and what is wrong with it said with the place where."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given

from bot.texts.marks import Fault, MarksError, marks_of, parse_marks
from bot.texts.rich import Rich, Span, bold, code, italic, link, quote
from tests.unit.texts.strategies import riches

URL = "https://example.org/a?b=c#d"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("просто слова", Rich.plain("просто слова")),
        ("**жирно** и __курсив__", bold("жирно") + " и " + italic("курсив")),
        ("**всё __сразу__**", bold(Rich.plain("всё ") + italic("сразу"))),
        ("`**код**`", code("**код**")),
        (f"[сюда]({URL})", link("сюда", URL)),
        (f"[**сюда**]({URL})", link(bold("сюда"), URL)),
        ("> раз\n> два\nтри", quote("раз\nдва") + "\nтри"),
        ("**две\nстроки**", bold("две\nстроки")),
        (r"\*\*не жирно\*\*", Rich.plain("**не жирно**")),
        ("5 * 3 и snake_case, [примечание]", Rich.plain("5 * 3 и snake_case, [примечание]")),
    ],
)
def test_what_is_typed_reads_as_it_is_meant(typed: str, meant: Rich) -> None:
    assert parse_marks(typed) == meant


@pytest.mark.parametrize(
    ("typed", "fault", "near"),
    [
        ("Первая строка\nа **здесь забыли\nзакрыть", Fault.OPEN, "а **здесь забыли"),
        ("`код", Fault.OPEN, "`код"),
        ("[сюда](javascript:alert)", Fault.LINK, "javascript:alert"),
        ("[сюда]()", Fault.LINK, "[сюда]()"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(typed: str, fault: Fault, near: str) -> None:
    with pytest.raises(MarksError) as raised:
        parse_marks(typed)
    assert (raised.value.fault, raised.value.near) == (fault, near)
    assert near not in str(raised.value)  # it is somebody's text, and errors are logged


@given(riches)
def test_what_is_written_with_marks_reads_as_the_same(rich: Rich) -> None:
    unquoted = Rich(tuple(Span(one.text, msgspec.structs.replace(one.style, quote=False)) for one in rich.spans))
    assert _lines(parse_marks(marks_of(unquoted))) == _lines(unquoted)


def test_quoted_lines_stay_quoted() -> None:
    rich = Rich.plain("раньше\n") + quote(Rich.plain("раз\n") + bold("два")) + "\nпотом"
    assert parse_marks(marks_of(rich)) == rich


def _lines(rich: Rich) -> list[Rich]:
    """Line ends have no looks."""
    text, start, lines = rich.text, 0, []
    for line in text.split("\n"):
        lines.append(rich[start : start + len(line)])
        start += len(line) + 1
    return lines
