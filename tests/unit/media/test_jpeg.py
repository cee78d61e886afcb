"""The parent believes no child: only a JPEG of tables and pixels passes."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.media import jpeg
from bot.media.errors import Damaged
from tests.unit.media import photos

PLAIN = photos.plain_jpeg()
START = PLAIN.index(b"\xff\xdb")


def test_a_plain_jpeg_passes_with_its_size() -> None:
    assert jpeg.dimensions(PLAIN, longest=80) == (80, 40)


@pytest.mark.parametrize(
    "photo",
    [
        b"",
        PLAIN[:-1],
        PLAIN[: len(PLAIN) // 2],
        PLAIN + b"tail",
        PLAIN + PLAIN,
        photos.plain_jpeg(comment=b"words"),
        photos.plain_jpeg(exif=photos.exif()),
        photos.plain_jpeg(dpi=(300, 300)),
        photos.plain_jpeg(progressive=True),
        PLAIN[:START] + b"\xff\xe1\x00\x06abcd" + PLAIN[START:],
        PLAIN[:START] + b"\xff\xdb\x00\x00" + PLAIN[START:],
        photos.png(),
    ],
)
def test_anything_else_does_not(photo: bytes) -> None:
    with pytest.raises(Damaged):
        jpeg.dimensions(photo, longest=80)


def test_larger_than_agreed_does_not() -> None:
    with pytest.raises(Damaged):
        jpeg.dimensions(PLAIN, longest=79)


@given(st.binary(max_size=60), st.integers(min_value=0, max_value=len(PLAIN)))
def test_noise_is_damaged_and_nothing_worse(noise: bytes, at: int) -> None:
    try:
        size = jpeg.dimensions(PLAIN[:at] + noise + PLAIN[at:], longest=2560)
    except Damaged:
        return
    assert 1 <= min(size) <= max(size) <= 2560


def test_black_and_tall_photos_pass() -> None:
    tall = io.BytesIO()
    Image.new("RGB", (1, 2560)).save(tall, "JPEG", quality=88)

    assert jpeg.dimensions(tall.getvalue(), longest=2560) == (1, 2560)
