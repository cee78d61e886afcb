"""When a story may come out: never today, at full ten minutes, in the hours in which people are awake."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.publication.times import SLOTS, moment_of, random_second, second_of
from storage.clock import day_of

NOW = int(datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp())
YEARS_END = int(datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())


@pytest.mark.parametrize("slot", SLOTS)
@given(now=st.integers(0, 2**31))
def test_a_random_moment_lies_in_its_slot(slot: str, now: int) -> None:
    days, first, last = SLOTS[slot]
    second = random_second(now, slot)
    assert (day_of(second) - day_of(now)).days == days
    assert first <= moment_of(second).hour <= last
    assert second % 600 == 0


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2.03 18:30", datetime(2026, 3, 2, 18, 30, tzinfo=UTC)),
        (" 02.03.2026, 18:31 ", datetime(2026, 3, 2, 18, 40, tzinfo=UTC)),
        ("31/3 9.05", datetime(2026, 3, 31, 9, 10, tzinfo=UTC)),
    ],
)
def test_a_day_and_an_hour(written: str, moment: datetime) -> None:
    assert second_of(written, NOW) == int(moment.timestamp())


def test_a_day_of_next_year() -> None:
    assert second_of("1.01 08:00", YEARS_END) == int(datetime(2027, 1, 1, 8, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    "written",
    ["", "завтра", "18:30", "2.03", "1.03 23:00", "28.02 10:00", "1.04 10:00", "30.02 10:00", "2.13 10:00",
     "2.03 24:00", "2.03.2025 10:00", "02.03 10:00 ещё"],
)  # fmt: skip
def test_what_is_no_moment_or_not_to_be_chosen(written: str) -> None:
    assert second_of(written, NOW) is None
