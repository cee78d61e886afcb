"""What a benchmark says: one line of JSON, with the peer's figure from the same run."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import msgspec


class Line(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    value: float
    unit: str
    peer: str | None = None
    peer_value: float | None = None
    ratio: float | None = None
    """above 1: ahead of the peer, whichever way the unit counts"""


def more_is_better(
    name: str, unit: str, ours: Sequence[float], peer: str | None = None, theirs: Sequence[float] = ()
) -> Line:
    """Medians of all runs."""
    value = median(ours)
    if not theirs:
        return Line(name=name, value=_short(value), unit=unit, peer=peer)
    other = median(theirs)
    return _compared(name, unit, value, peer, other, value / other)


def less_is_better(
    name: str, unit: str, ours: Sequence[float], peer: str | None = None, theirs: Sequence[float] = ()
) -> Line:
    """Medians of all runs."""
    value = median(ours)
    if not theirs:
        return Line(name=name, value=_short(value), unit=unit, peer=peer)
    other = median(theirs)
    return _compared(name, unit, value, peer, other, other / value)


def _compared(name: str, unit: str, value: float, peer: str | None, other: float, ratio: float) -> Line:
    return Line(name=name, value=_short(value), unit=unit, peer=peer, peer_value=_short(other), ratio=round(ratio, 2))


def _short(value: float) -> float:
    return round(value, 1 if value >= 10 else 3)
