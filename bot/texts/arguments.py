"""What may stand in a sentence, and how Fluent shows it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from babel import Locale
from babel.dates import format_skeleton, format_time
from fluent.runtime.types import FluentType, fluent_date

from bot.texts.markup import slot
from bot.texts.rich import Rich
from storage.private import Private

Argument = str | int | date | Private[str] | Rich


class _Slot(FluentType):
    """A text: a mark in the sentence (Fluent refuses over 2500 characters there), itself in a selector."""

    def __init__(self, number: int, text: str) -> None:
        self._number = number
        self._text = text

    def format(self, locale: Locale) -> str:
        return slot(self._number)

    def __eq__(self, other: object) -> bool:
        return self._text == other

    def __hash__(self) -> int:
        return hash(self._text)


class _Day(FluentType):
    """A day without its year, a `datetime` with its time, on one line; Fluent's own default is "5 мар. 2026 г."."""

    def __init__(self, value: date) -> None:
        self.value = value

    def format(self, locale: Locale) -> str:
        day = format_skeleton("MMMMd", self.value, locale=locale)
        if isinstance(self.value, datetime):
            day += ", " + format_time(self.value.time(), "short", locale=locale)
        return day.replace(" ", "\u00a0")


def fluent_value(argument: Argument, slots: list[Rich]) -> int | FluentType:
    """What Fluent is given; texts are added to `slots`, from where `markup.parse` puts them in."""
    if isinstance(argument, int):
        return argument
    if isinstance(argument, date):
        return _Day(argument)
    text = argument.reveal() if isinstance(argument, Private) else argument
    slots.append(Rich.plain(text) if isinstance(text, str) else text)
    return _Slot(len(slots) - 1, slots[-1].text)


def fluent_datetime(day: Any, **options: Any) -> FluentType:
    """Fluent's DATETIME, for our dates."""
    return fluent_date(day.value if isinstance(day, _Day) else day, **options)
