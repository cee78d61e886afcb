"""What differs between two versions, paragraph by paragraph, as a person wants to read it: what it was, what it is.

The changed words are bold in both; which is which is said in words, as a screen reader does not say "bold".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.texts.rich import PLAIN, Rich, Span, Style
from handlers.manuscript.matching import runs
from handlers.manuscript.sections import without_sign
from storage.private import Private

_TOKENS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
"""A word with the space behind it: where a comma came, the word before it is marked too; a bold comma is not seen."""
_WORDS = re.compile(r"\w+")
_ALIKE = 0.4
"""Two paragraphs that share so much of their words are one that was changed; below it, one went and another came."""
_NEAR = 8
"""How many paragraphs ahead a partner is looked for."""
_BOLD = Style(bold=True)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One paragraph: changed, gone (`after` is None) or new (`before` is None)."""

    before: Private[str] | None
    after: Private[str] | None

    @property
    def was(self) -> Rich | None:
        return None if self.before is None else self._marked[0]

    @property
    def now(self) -> Rich | None:
        return None if self.after is None else self._marked[1]

    def __len__(self) -> int:
        """Characters to read."""
        return sum(len(text.reveal()) for text in (self.before, self.after) if text is not None)

    @cached_property
    def _marked(self) -> tuple[Rich, Rich]:
        """Only of what is shown: it takes more time than all the rest."""
        old, new = (without_sign(text.reveal()) if text is not None else "" for text in (self.before, self.after))
        if self.before is None or self.after is None:
            return Rich.plain(old), Rich.plain(new)
        words, others = _TOKENS.findall(old), _TOKENS.findall(new)
        was, now = [], []
        for run in runs(words, others):
            style = PLAIN if run.same else _BOLD
            was.append(Span("".join(words[run.i1 : run.i2]), style))
            now.append(Span("".join(others[run.j1 : run.j2]), style))
        return Rich(tuple(was)), Rich(tuple(now))


def changes(was: Private[str], now: Private[str]) -> tuple[Change, ...]:
    """In the order of the text; empty when nothing differs but blank lines."""
    before, after = _paragraphs(was), _paragraphs(now)
    found: list[Change] = []
    for run in runs(before, after):
        if not run.same:
            found += _between(before[run.i1 : run.i2], after[run.j1 : run.j2])
    return tuple(found)


def _between(before: list[str], after: list[str]) -> Iterator[Change]:
    """Pairs what is alike; what finds no partner went or came."""
    words = [_words(old) for old in before]
    place = 0
    for new in after:
        nearest = _nearest(words[place : place + _NEAR], _words(new))
        if nearest is None:
            yield _change(None, new)
            continue
        yield from (_change(gone, None) for gone in before[place : place + nearest])
        yield _change(before[place + nearest], new)
        place += nearest + 1
    yield from (_change(gone, None) for gone in before[place:])


def _change(before: str | None, after: str | None) -> Change:
    return Change(
        before=None if before is None else Private(before),
        after=None if after is None else Private(after),
    )


def _nearest(candidates: list[frozenset[str]], words: frozenset[str]) -> int | None:
    """Which of them shares most words, in whatever order; the first of equals; None when all are too different."""
    best, place = _ALIKE, None
    for number, other in enumerate(candidates):
        likeness = 2 * len(words & other) / (len(words) + len(other))
        if likeness > best:
            best, place = likeness, number
    return place


def _words(paragraph: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(paragraph.casefold()) or [paragraph])


def _paragraphs(text: Private[str]) -> list[str]:
    return [paragraph.strip() for paragraph in text.reveal().split("\n") if paragraph.strip()]
