"""Another machine's clock, as far as its answers tell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.far_clock import FarClock

AHEAD = 1_700_000_000.0
ways = st.tuples(st.floats(0.0001, 0.5), st.floats(0.0001, 0.5))


@given(st.lists(ways, min_size=1, max_size=30))
def test_the_shortest_answer_tells_best(answers: list[tuple[float, float]]) -> None:
    """It is wrong by no more than half of the shortest while between a question and its answer."""
    clock = FarClock()
    for number, (there, back) in enumerate(answers):
        asked = float(number)
        clock.note(AHEAD + asked + there, asked=asked, answered=asked + there + back)
    wrong = abs(clock.here(AHEAD + 100.0) - 100.0)
    assert wrong <= min(there + back for there, back in answers) / 2 + 1e-6


def test_a_clock_that_was_put_right_is_believed_at_once() -> None:
    clock = FarClock()
    clock.note(AHEAD, asked=0.0, answered=0.001)
    clock.note(AHEAD + 5.0, asked=1.0, answered=1.2)
    assert abs(clock.here(AHEAD + 5.0) - 1.1) < 1e-6


def test_a_good_answer_does_not_count_for_ever() -> None:
    clock = FarClock()
    clock.note(AHEAD, asked=0.0, answered=0.001)
    clock.note(AHEAD + 100.02, asked=100.0, answered=100.1)
    assert abs(clock.here(AHEAD + 100.02) - 100.05) < 1e-6
