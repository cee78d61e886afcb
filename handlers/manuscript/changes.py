"""What differs between two versions, paragraph by paragraph, as a person wants to read it: what it was, what it is.

The changed words are bold in both; which is which is said in words, as a screen reader does not say "bold".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.texts.rich import Rich, bold
from storage.private import Private

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_ALIKE = 0.4
"""Two paragraphs that share so much of their words are one that was changed; below it, one went and another came."""
_NEAR = 8
"""How many paragraphs ahead a partner is looked for."""
_LONGEST = 1000
"""Words; the changed ones in a longer paragraph are not marked: a turn may not compute for long."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """`was` is None for a paragraph that came, `now` is None for one that went."""

    was: Rich | None
    now: Rich | None


def changes(was: Private[str], now: Private[str]) -> tuple[Change, ...]:
    """In the order of the text; empty when nothing differs but blank lines."""
    before, after = _paragraphs(was), _paragraphs(now)
    found: list[Change] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            found += _between(before[i1:i2], after[j1:j2])
    return tuple(found)


def _between(before: list[str], after: list[str]) -> Iterator[Change]:
    """Pairs what is alike; what finds no partner went or came."""
    rest = list(before)
    for new in after:
        old = max(rest[:_NEAR], key=lambda paragraph: _likeness(paragraph, new), default=None)
        if old is None or _likeness(old, new) < _ALIKE:
            yield Change(was=None, now=Rich.plain(new))
            continue
        place = rest.index(old)
        yield from (Change(was=Rich.plain(gone), now=None) for gone in rest[:place])
        rest = rest[place + 1 :]
        yield Change(was=_marked(old, new), now=_marked(new, old))
    yield from (Change(was=Rich.plain(gone), now=None) for gone in rest)


def _likeness(one: str, other: str) -> float:
    """From 0 to 1: the share of words that both have, in whatever order."""
    mine, theirs = Counter(_words(one)), Counter(_words(other))
    return 2 * (mine & theirs).total() / (mine.total() + theirs.total())


def _marked(text: str, against: str) -> Rich:
    """The text with the words in bold that the other does not have at that place."""
    words, others = _words(text), _words(against)
    if max(len(words), len(others)) > _LONGEST:
        return Rich.plain(text)
    parts: list[Rich] = []
    for tag, i1, i2, _, _ in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        part = "".join(words[i1:i2])
        parts.append(Rich.plain(part) if tag == "equal" else bold(part))
    return Rich.join("", parts)


def _paragraphs(text: Private[str]) -> list[str]:
    return [paragraph.strip() for paragraph in text.reveal().split("\n") if paragraph.strip()]


def _words(text: str) -> list[str]:
    return _WORDS.findall(text)
