"""Weeks as lines of numbers, and the picture of them."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from handlers.statistics.chart import Line, draw, scale
from handlers.statistics.series import fields, weeks_of
from storage.weeks import Week, monday

FIRST = date(2026, 3, 2)


def week(number: int, **counts: int) -> Week:
    return Week(begins=FIRST + timedelta(weeks=number), counts={n.replace("_", "/"): c for n, c in counts.items()})


def test_weeks_begin_on_mondays() -> None:
    assert [monday(FIRST + timedelta(days=day)) for day in range(8)] == [FIRST] * 7 + [FIRST + timedelta(days=7)]


def test_a_week_without_a_count_and_fewer_than_five_are_gaps() -> None:
    counted = [week(0, language_ru=7, language_cs=4), week(2, language_ru=5)]
    (languages,) = fields(counted, FIRST + timedelta(weeks=3))
    assert [(one.name, one.values) for one in languages.series] == [("ru", (7, None, 5, None))]
    assert len(weeks_of(counted, FIRST + timedelta(weeks=3))) == 4


def test_of_a_week_that_is_not_over_nothing_is_summed_up() -> None:
    found = fields([week(0, left=6, sent=4), week(1, left=8)], FIRST + timedelta(weeks=1))
    assert [(field.name, field.series[0].values) for field in found] == [("left", (6, None))]


def test_rhythms_have_a_field_of_their_own_after_the_languages() -> None:
    found = fields([week(0, language_ru=7, rhythm_daily=5)], FIRST)
    assert [(field.name, [one.name for one in field.series]) for field in found] == [
        ("languages", ["ru"]),
        ("rhythms", ["daily"]),
    ]


def test_where_nothing_was_counted_there_is_nothing() -> None:
    assert (fields([], FIRST), weeks_of([], FIRST)) == ([], ())


@pytest.mark.parametrize(
    ("highest", "wanted"), [(1, (1, 1)), (5, (1, 5)), (6, (2, 6)), (23, (5, 25)), (1_000_000, (200_000, 1_000_000))]
)
def test_a_scale_has_round_numbers_and_reaches_the_highest(highest: int, wanted: tuple[int, int]) -> None:
    assert scale(highest) == wanted


def test_a_line_is_where_its_numbers_are() -> None:
    drawn = draw([[Line(name="RU", values=(10, None, 10))]], [FIRST + timedelta(weeks=number) for number in range(3)])
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.size == (1200, 380)
        blue = [x for x in range(90, 1050) if _is_blue(picture.getpixel((x, 30)))]
    assert blue
    assert max(blue) - min(blue) > 900
    assert not any(400 < x < 700 for x in blue)  # the gap


def _is_blue(pixel: object) -> bool:
    return isinstance(pixel, tuple) and pixel[2] - pixel[0] > 100
