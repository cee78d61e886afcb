"""When the next digest is due, by forty clocks, over every leap that they make."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.clock import DAY, HOUR
from storage.rhythm import SLOT, Every, Quiet, Rhythm, zone_of
from tests.unit.readers.zones import ZONES

YEAR = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
moments = st.integers(YEAR, YEAR + 2 * 365 * DAY)
hours = st.integers(0, 23)
zones = st.sampled_from(ZONES)


def local(moment: int, zone: str) -> datetime:
    return datetime.fromtimestamp(moment, zone_of(zone))


@pytest.mark.parametrize("zone", ZONES)
def test_every_day_of_two_years_has_one_digest(zone: str) -> None:
    for hour in (0, 2, 3):  # where clocks leap
        rhythm, moment = Rhythm(every=Every.DAILY, hour=hour, zone=zone), YEAR
        days: list[date] = []
        for _ in range(2 * 365):
            moment = rhythm.next_digest(moment)
            days.append(local(moment, zone).date())
        assert days == [days[0] + timedelta(days=number) for number in range(len(days))]


@given(now=moments, hour=hours, zone=zones)
def test_a_digest_comes_at_its_hour_unless_the_clock_leaps_over_it(now: int, hour: int, zone: str) -> None:
    due = Rhythm(every=Every.DAILY, hour=hour, zone=zone).next_digest(now)
    assert now < due <= now + DAY + 2 * HOUR
    assert due % SLOT == 0
    came = local(due, zone)
    if came.hour != hour:
        before = local(due - 2 * HOUR, zone)
        assert came.utcoffset() != before.utcoffset()
        assert came.hour == hour + 1


@given(now=moments, hour=hours, weekday=st.integers(0, 6), zone=zones)
def test_a_weekly_digest_comes_on_its_day(now: int, hour: int, weekday: int, zone: str) -> None:
    rhythm = Rhythm(every=Every.WEEKLY, weekday=weekday, hour=hour, zone=zone)
    due = rhythm.next_digest(now)
    assert now < due <= now + 7 * DAY + 2 * HOUR
    assert local(due, zone).weekday() == weekday
    assert local(rhythm.next_digest(due), zone).date() == local(due, zone).date() + timedelta(days=7)


@given(now=moments, begins=hours, ends=hours, zone=zones)
def test_what_came_out_in_quiet_hours_comes_when_they_are_over(now: int, begins: int, ends: int, zone: str) -> None:
    rhythm = Rhythm(zone=zone, quiet=Quiet(begins=begins, ends=ends))
    due = rhythm.next_digest(now)
    assert not rhythm.is_quiet(due)
    assert all(rhythm.is_quiet(slot) for slot in range(now + SLOT - now % SLOT, due, SLOT))


def test_of_an_hour_that_comes_twice_the_first_counts() -> None:
    rhythm = Rhythm(every=Every.DAILY, hour=2, zone="Europe/Berlin")
    summer_ends = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    assert rhythm.next_digest(int(summer_ends.timestamp()) - 1) == summer_ends.timestamp()
    assert rhythm.next_digest(int(summer_ends.timestamp())) == (summer_ends + timedelta(hours=25)).timestamp()


def test_a_zone_that_is_no_more_counts_as_greenwich() -> None:
    rhythm = Rhythm(every=Every.DAILY, hour=9, zone="Europe/Atlantis")
    assert rhythm.next_digest(YEAR) == YEAR + 9 * HOUR
