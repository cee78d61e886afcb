"""Lines over weeks, drawn as a picture: one field below another, each line with its name and last number at its end.

Names are Latin letters and digits: Pillow's own font has no others, and a newsroom's server need have none at all.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from PIL import Image, ImageDraw, ImageFont

_FINE: Final = 2
"""drawn so many times larger, then made smaller: Pillow's lines have no soft edges"""
_WIDTH, _HEIGHT = 1200 * _FINE, 380 * _FINE
_LEFT, _RIGHT, _TOP, _BOTTOM = 90 * _FINE, 150 * _FINE, 30 * _FINE, 50 * _FINE
_TEXT: Final = 22 * _FINE
_PAPER, _INK, _GRID = "white", "#333333", "#dddddd"
_COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""Okabe and Ito's, which everybody can tell apart"""
_STEPS: Final = (1, 2, 5)
_QUALITY: Final = 90


@dataclass(frozen=True, kw_only=True)
class Line:
    name: str
    values: tuple[int | None, ...]
    """week by week; None: a gap"""


def draw(fields: Sequence[Sequence[Line]], weeks: Sequence[date]) -> bytes:
    """A JPEG. At least one week, and as many values in each line."""
    picture = Image.new("RGB", (_WIDTH, _HEIGHT * len(fields)), _PAPER)
    for number, lines in enumerate(fields):
        _Field(ImageDraw.Draw(picture), number * _HEIGHT, lines, weeks).draw()
    buffer = io.BytesIO()
    small = picture.resize((picture.width // _FINE, picture.height // _FINE), Image.Resampling.LANCZOS)
    small.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()


def scale(highest: int) -> tuple[int, int]:
    """(step, end): round numbers, at most five steps, and the highest value below the end."""
    step = next(
        base * 10**power for power in range(12) for base in _STEPS if base * 10**power * 5 >= highest
    )  # a million million readers
    return step, step * max(1, -(-highest // step))


class _Field:
    def __init__(self, pen: ImageDraw.ImageDraw, top: int, lines: Sequence[Line], weeks: Sequence[date]) -> None:
        self._pen = pen
        self._top = top
        self._lines = lines
        self._weeks = weeks
        self._font = ImageFont.load_default(_TEXT)
        self._step, self._end = scale(max((value for line in lines for value in line.values if value), default=1))

    def draw(self) -> None:
        for value in range(0, self._end + 1, self._step):
            y = self._y(value)
            self._pen.line((_LEFT, y, _WIDTH - _RIGHT, y), _GRID, _FINE)
            self._write(_LEFT - 10 * _FINE, y, str(value), "rm")
        for number in sorted({0, len(self._weeks) // 2, len(self._weeks) - 1}):
            week = f"{self._weeks[number]:%d.%m.}"
            self._write(self._x(number), self._top + _HEIGHT - _BOTTOM // 2, week, "mm")
        ends = []
        for line, colour in zip(self._lines, _COLOURS * len(self._lines), strict=False):
            points = list(self._points(line))
            for before, after in pairwise(points):
                if before is not None and after is not None:
                    self._pen.line((*before, *after), colour, 4 * _FINE)
            drawn = [point for point in points if point is not None]
            for x, y in drawn:
                self._pen.circle((x, y), 5 * _FINE, colour)
            if drawn:
                last = next(value for value in reversed(line.values) if value is not None)
                ends.append((drawn[-1][1], f"{line.name} {last}", colour))
        for y, name, colour in _apart(sorted(ends)):
            self._write(_WIDTH - _RIGHT + 14 * _FINE, y, name, "lm", colour)

    def _points(self, line: Line) -> Iterator[tuple[int, int] | None]:
        for number, value in enumerate(line.values):
            yield None if value is None else (self._x(number), self._y(value))

    def _x(self, number: int) -> int:
        room = _WIDTH - _LEFT - _RIGHT
        return _LEFT + room * number // max(1, len(self._weeks) - 1)

    def _y(self, value: int) -> int:
        room = _HEIGHT - _TOP - _BOTTOM
        return self._top + _TOP + room - room * value // self._end

    def _write(self, x: int, y: int, text: str, anchor: str, colour: str = _INK) -> None:
        self._pen.text((x, y), text, colour, self._font, anchor)


def _apart(ends: Sequence[tuple[int, str, str]]) -> Iterator[tuple[int, str, str]]:
    """Names of lines that end close together stand below each other."""
    lowest = 0
    for y, name, colour in ends:
        lowest = max(y, lowest)
        yield lowest, name, colour
        lowest += _TEXT + 2 * _FINE
