"""A change between two versions in words and in quotes: a screen reader says neither colours nor strokes."""

from __future__ import annotations

from bot.flows.flow import Reads
from bot.texts.fluent import msg
from bot.texts.rich import Rich, quote
from handlers.manuscript.changes import Change


def told(reads: Reads, change: Change) -> Rich:
    """What it was, what it is; or what came, or went."""
    sides: list[Rich] = []
    if change.was is not None:
        word = "change-went" if change.now is None else "change-was"
        sides += [reads.say(reads.who.language, msg(word)), quote(change.was)]
    if change.now is not None:
        word = "change-came" if change.was is None else "change-now"
        sides += [reads.say(reads.who.language, msg(word)), quote(change.now)]
    return Rich.join("\n", sides)
