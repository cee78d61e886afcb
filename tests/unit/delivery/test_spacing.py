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
    """Counts each message when it arrives; one that is held up does not overtake the others' answers.

    asleep: from when until when it stands still; what arrives meanwhile is counted afterwards
    """

    def __init__(self, asleep: tuple[float, float] = (0.0, 0.0)) -> None:
        self.counted: list[float] = []
        self._asleep = asleep
        self._answers: list[tuple[float, int, Slot]] = []

    def take(self, slot: Slot, there: float, back: float) -> None:
        arrived = slot.sent + there
        falls_asleep, awake = self._asleep
        counted = awake if falls_asleep <= arrived < awake else arrived
        self.counted.append(counted)
        if back < math.inf:
            heapq.heappush(self._answers, (counted + back, len(self.counted), slot))

    def answer(self, now: float, spacing: Spacing) -> None:
        while self._answers and self._answers[0][0] <= now:
            answered, _, slot = heapq.heappop(self._answers)
            slot.answered = answered
            spacing.note(slot)


def sent(
    per_second: float,
    halts: dict[int, float],
    delays: dict[int, tuple[float, float]],
    seconds: int,
    asleep: tuple[float, float] = (0.0, 0.0),
) -> list[float]:
    """When the platform counts each of the messages. halts: after which of them the process stands still for how long.
    delays: how much longer some are on their way, there and back; infinitely: without an answer.
    """
    spacing, platform, now = Spacing(), Platform(asleep), 0.0
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


@PACES
def test_one_that_is_answered_late_holds_up_no_other(per_second: float, limit: int) -> None:
    seconds = 10
    delays = dict.fromkeys(range(0, round(seconds * per_second), round(per_second)), (0.0, 0.8))
    counted = sent(per_second, {}, delays, seconds)
    assert len(counted) > 0.99 * seconds * per_second
    assert fullest(counted, limit) > 1 - 1e-9


@PACES
def test_while_the_platform_stands_still_nothing_is_taken_for_counted(per_second: float, limit: int) -> None:
    counted = sent(per_second, {}, {}, 6, asleep=(2.0, 2.4))
    assert fullest(counted, limit) > 1 - 1e-9


@PACES
def test_whatever_is_never_answered_stops_nobody(per_second: float, limit: int) -> None:
    """It takes its place for a second more than the others, no longer."""
    seconds = 10
    delays = dict.fromkeys(range(0, round(seconds * per_second), 5), (0.0, math.inf))
    counted = sent(per_second, {}, delays, seconds)
    assert len(counted) > 0.8 * seconds * per_second
    assert fullest(counted, limit) > 1 - 1e-9
