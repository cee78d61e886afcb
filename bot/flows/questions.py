"""The usual questions, one line each: rows of options, a text, a decision."""

from __future__ import annotations

from dataclasses import replace

from bot.flows.flow import Answer, Back, Option, Outcome, Picked, Rewrote, Stay, Words
from bot.texts.fluent import msg

BACK = "back"
"""The value of the choice that every prompt has: the way back."""


def rows(*options: tuple[str, Words]) -> tuple[tuple[Option, ...], ...]:
    """One button a row: words need their room on a phone."""
    return tuple((Option(value, label),) for value, label in options)


def weighty(choices: tuple[tuple[Option, ...], ...], *values: str) -> tuple[tuple[Option, ...], ...]:
    """The same, where those of these values, or with one of them before a dash, are for the person alone to pick."""
    return tuple(
        tuple(replace(option, weighty=True) if option.value.partition("-")[0] in values else option for option in row)
        for row in choices
    )


def back_row() -> tuple[tuple[Option, ...], ...]:
    return rows((BACK, msg("button-back")))


def otherwise(answer: Answer) -> Outcome:
    """What a step does with an answer that it did not ask for."""
    match answer:
        case Picked(value) if value == BACK:
            return Back()
        case Rewrote():
            return Stay(notice=msg("edit-is-late"))
    return Stay(notice=msg("answer-is-unexpected"))


def too_late(answer: Answer) -> Outcome:
    """What a step does when the thing it asked about is gone: its prompt says so, and that is all there is to say."""
    return Back() if answer == Picked(BACK) else Stay()
