"""However a process is held up, and however long messages are on their way: no second of the platform's is too full."""

from __future__ import annotations

import heapq
import math
import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.spacing import WINDOW, Slot, Spacing
from bot.platforms.telegram.adapter import PAID_PER_SECOND, PER_SECOND

LIMITS = [(PER_SECOND, 30), (PAID_PER_SECOND, 1000)]
PACES = pytest.mark.parametrize(("per_second", "limit"), LIMITS, ids=["usual", "paid"])
BASE = 0.01
"""seconds that every way takes"""
LATEST = 0.1
"""Whoever comes later to a slot does not use it."""


class Platform:
    """Counts each message when it arrives; one that is held up does not overtake the others' answers."""

    def __init__(self) -> None:
        self.counted: list[float] = []
        self._answers: list[tuple[float, int, Slot]] = []

    def take(self, slot: Slot, there: float, back: float) -> None:
        self.counted.append(slot.sent + there)
        heapq.heappush(self._answers, (slot.sent + there + back, len(self.counted), slot))

    def answer(self, now: float, spacing: Spacing) -> None:
        while self._answers and self._answers[0][0] <= now:
            answered, _, slot = heapq.heappop(self._answers)
            slot.answered = answered
            spacing.note(slot)


def sent(
    per_second: float, halts: dict[int, float], delays: dict[int, tuple[float, float]], seconds: int
) -> list[float]:
    """When the platform counts each of the messages. halts: after which of them the process stands still for how long.
    delays: how much longer some are on their way, there and back.
    """
    spacing, platform, now = Spacing(), Platform(), 0.0
    for number in range(round(seconds * per_second)):
        slot = Slot(moment=number / per_second)
        platform.answer(now, spacing)
        if now - slot.moment > LATEST:
            spacing.lose(slot.moment)
            continue
        now = max(now, spacing.earliest(slot))
        spacing.use(slot)
        slot.sent = now
        there, back = delays.get(number, (0.0, 0.0))
        platform.take(slot, BASE + there, BASE + back)
        now += halts.get(number, 0.0)
    return sorted(platform.counted)


def fullest(counted: list[float], limit: int) -> float:
    """Seconds in which the platform counted one more than `limit`."""
    return min((late - early for early, late in zip(counted, counted[limit:], strict=False)), default=math.inf)


@PACES
def test_there_are_no_more_slots_in_the_window_than_the_platform_takes_in_a_second(
    per_second: float, limit: int
) -> None:
    assert limit - 1 < WINDOW * per_second <= limit


@PACES
def test_without_halts_nobody_waits_for_anything_but_their_slot(per_second: float, limit: int) -> None:
    counted = sent(per_second, {}, {}, 4)
    assert all(abs(late - early - 1 / per_second) < 1e-9 for early, late in pairwise(counted))


numbers = st.integers(1, 80)
halts = st.dictionaries(numbers, st.floats(0.001, 0.09), max_size=12)
delays = st.dictionaries(numbers, st.tuples(st.floats(0, 0.039), st.floats(0, 0.039)), max_size=40)


@given(halts, delays)
def test_no_second_is_too_full(halts: dict[int, float], delays: dict[int, tuple[float, float]]) -> None:
    counted = sent(PER_SECOND, halts, delays, 4)
    assert fullest(counted, 30) > 1 - 1e-9


@given(st.dictionaries(st.integers(1, 2400), st.floats(0.001, 0.09), max_size=25))
def test_no_second_is_too_full_at_a_thousand(halts: dict[int, float]) -> None:
    assert fullest(sent(PAID_PER_SECOND, halts, {}, 3), 1000) > 1 - 1e-9


@PACES
def test_a_halt_now_and_then_costs_nothing(per_second: float, limit: int) -> None:
    """Slots that were missed are used later."""
    every = dict.fromkeys(range(10, round(5 * per_second), round(per_second)), 0.02)
    counted = sent(per_second, every, {}, 6)
    assert len(counted) / (counted[-1] - counted[0]) > per_second * 0.99


@PACES
def test_a_line_that_is_now_fast_and_now_slow_costs_little(per_second: float, limit: int) -> None:
    """However long it goes on: slots are lost, but what was late catches up."""
    dice, seconds = random.Random(1), 20
    ways = {number: (dice.uniform(0, 0.05), dice.uniform(0, 0.05)) for number in range(round(seconds * per_second))}
    counted = sent(per_second, {}, ways, seconds)
    assert len(counted) > 0.85 * seconds * per_second
    assert fullest(counted, limit) > 1 - 1e-9


@PACES
def test_after_a_long_halt_it_goes_on_at_the_full_pace(per_second: float, limit: int) -> None:
    halt, seconds = 2, 10
    counted = sent(per_second, {round(per_second): float(halt)}, {}, seconds)
    assert len(counted) > 0.97 * (seconds - halt) * per_second
    assert fullest(counted, limit) > 1 - 1e-9


def test_whatever_is_never_answered_stops_nobody() -> None:
    spacing = Spacing()
    for number in range(31):
        slot = Slot(moment=number / PER_SECOND)
        assert spacing.earliest(slot) < slot.moment + 0.2
        spacing.use(slot)
        slot.sent = slot.moment
