"""What two sequences have in common, in order: how far a text has been changed, in a time that grows with its length.

Patience: words that stand once on both sides hold the rest in place. What repeats between them is compared only where
little of it stands together, because a turn may not compute for long; elsewhere all of it counts as changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_DEEPEST = 8
_SMALL = 300
"""Comparisons; a stretch of 17 repeating words against 17 others."""


class Run(NamedTuple):
    """`before[i1:i2]` has become `after[j1:j2]`; `same`: they are equal."""

    same: bool
    i1: int
    i2: int
    j1: int
    j2: int


def runs(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    """Both sequences from beginning to end, what is the same and what is not in turns."""
    i = j = 0
    for start, other, length in _stretches(_matched(before, after, 0, len(before), 0, len(after), _DEEPEST)):
        if start > i or other > j:
            yield Run(False, i, start, j, other)
        i, j = start + length, other + length
        yield Run(True, start, i, other, j)
    if i < len(before) or j < len(after):
        yield Run(False, i, len(before), j, len(after))


def _stretches(pairs: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Neighbouring pairs as one: (place before, place after, length)."""
    start = other = length = 0
    for i, j in pairs:
        if length and (i, j) == (start + length, other + length):
            length += 1
            continue
        if length:
            yield start, other, length
        start, other, length = i, j, 1
    if length:
        yield start, other, length


def _matched(
    before: Sequence[str], after: Sequence[str], i1: int, i2: int, j1: int, j2: int, deep: int
) -> Iterator[tuple[int, int]]:
    """The places that belong together, in order."""
    while i1 < i2 and j1 < j2 and before[i1] == after[j1]:
        yield i1, j1
        i1, j1 = i1 + 1, j1 + 1
    same = 0
    while i1 < i2 - same and j1 < j2 - same and before[i2 - same - 1] == after[j2 - same - 1]:
        same += 1
    yield from _between(before, after, i1, i2 - same, j1, j2 - same, deep)
    yield from zip(range(i2 - same, i2), range(j2 - same, j2), strict=True)


def _between(
    before: Sequence[str], after: Sequence[str], i1: int, i2: int, j1: int, j2: int, deep: int
) -> Iterator[tuple[int, int]]:
    if i1 == i2 or j1 == j2:
        return
    anchors = _anchors(before, after, i1, i2, j1, j2) if deep else []
    if anchors:
        for i, j in anchors:
            yield from _matched(before, after, i1, i, j1, j, deep - 1)
            yield i, j
            i1, j1 = i + 1, j + 1
        yield from _matched(before, after, i1, i2, j1, j2, deep - 1)
    elif (i2 - i1) * (j2 - j1) <= _SMALL:
        for block in SequenceMatcher(None, before[i1:i2], after[j1:j2], autojunk=False).get_matching_blocks():
            yield from ((i1 + block.a + step, j1 + block.b + step) for step in range(block.size))


def _anchors(before: Sequence[str], after: Sequence[str], i1: int, i2: int, j1: int, j2: int) -> list[tuple[int, int]]:
    """What stands exactly once on both sides; of these the longest row that is in order on both."""
    there = _once(after, j1, j2)
    pairs = [(i, there[one]) for one, i in _once(before, i1, i2).items() if one in there]
    ends: list[int] = []
    tails: list[int] = []
    earlier: list[int] = []
    for number, (_, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        earlier.append(tails[place - 1] if place else -1)
        ends[place : place + 1] = [j]
        tails[place : place + 1] = [number]
    row: list[tuple[int, int]] = []
    number = tails[-1] if tails else -1
    while number >= 0:
        row.append(pairs[number])
        number = earlier[number]
    return row[::-1]


def _once(words: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Where each word stands that stands only once there, in order."""
    places: dict[str, int] = {}
    for place in range(start, end):
        word = words[place]
        places[word] = -1 if word in places else place
    return {word: place for word, place in places.items() if place >= 0}
