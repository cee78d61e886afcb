"""A photo comes in with its secrets and goes out with its pixels."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageOps

from bot.media.rebuild import PhotoRebuilder, RebuiltPhoto
from tests.unit.media import photos

pytestmark = pytest.mark.asyncio(loop_scope="module")

OUR_HEADER = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
GPS = 0x8825


def told_by(photo: bytes) -> str:
    """Everything a reader can find in a photo besides pixels."""
    with Image.open(io.BytesIO(photo)) as image:
        image.load()
        return f"{photo!r} {image.info} {dict(image.getexif())} {dict(image.getexif().get_ifd(GPS))}"


def opened(photo: RebuiltPhoto) -> Image.Image:
    image = Image.open(io.BytesIO(photo.jpeg.reveal()))
    image.load()
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (photo.width, photo.height))
    return image


def near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(have - want) < 12 for have, want in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("make", [photos.jpeg, photos.png, photos.gif, photos.webp, photos.mpo])
async def test_nothing_but_pixels_survives(rebuilder: PhotoRebuilder, make: Callable[[], bytes]) -> None:
    source = make()
    assert photos.SECRET in told_by(source)

    photo = await rebuilder.rebuild(source)

    assert photos.SECRET not in told_by(photo.jpeg.reveal())
    assert "2022:02:24" not in told_by(photo.jpeg.reveal())
    image = opened(photo)
    assert set(image.info) == OUR_HEADER
    assert (image.info["jfif_unit"], image.info["jfif_density"]) == (0, (1, 1))
    assert len(image.getexif()) == 0
    assert near(image.getpixel((5, 5)), photos.RED)
    assert near(image.getpixel((75, 35)), photos.YELLOW)


@pytest.mark.parametrize("make", [photos.jpeg, photos.png, photos.webp])
async def test_every_planted_thing_is_really_in_the_source(make: Callable[[], bytes]) -> None:
    with Image.open(io.BytesIO(make())) as image:
        image.load()
        assert photos.SECRET.encode() in image.info["icc_profile"]
        assert image.getexif().get_ifd(GPS)[2] == (56.0, 51.0, 28.0)


@pytest.mark.parametrize("orientation", range(1, 9))
async def test_it_is_turned_upright(rebuilder: PhotoRebuilder, orientation: int) -> None:
    source = photos.jpeg(orientation=orientation)
    with Image.open(io.BytesIO(source)) as sideways:
        upright = ImageOps.exif_transpose(sideways)

    image = opened(await rebuilder.rebuild(source))

    assert image.size == upright.size
    across, down = image.size
    for spot in [(x, y) for x in (across // 4, across * 3 // 4) for y in (down // 4, down * 3 // 4)]:
        expected = upright.getpixel(spot)
        assert isinstance(expected, tuple)
        assert near(image.getpixel(spot), (expected[0], expected[1], expected[2]))


async def test_a_broken_exif_block_does_not_spoil_the_photo(rebuilder: PhotoRebuilder) -> None:
    source = photos.jpeg()
    start = source.index(b"Exif\x00\x00") + 6
    broken = source[:start] + b"MM\x00*\xff\xff\xff\xff" + source[start + 8 :]

    assert (await rebuilder.rebuild(broken)).width == 80


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
async def test_one_pixel_in_every_mode(rebuilder: PhotoRebuilder, mode: str) -> None:
    source = io.BytesIO()
    Image.new(mode, (1, 1)).save(source, "PNG")

    photo = await rebuilder.rebuild(source.getvalue())

    assert (photo.width, photo.height) == (1, 1)


async def test_transparency_becomes_white(rebuilder: PhotoRebuilder) -> None:
    source = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(source, "PNG")

    assert near(opened(await rebuilder.rebuild(source.getvalue())).getpixel((10, 10)), (255, 255, 255))


async def test_sixteen_bits_of_grey_keep_their_shade(rebuilder: PhotoRebuilder) -> None:
    source = io.BytesIO()
    Image.new("I;16", (20, 20), 128 * 256).save(source, "PNG")

    assert near(opened(await rebuilder.rebuild(source.getvalue())).getpixel((10, 10)), (128, 128, 128))


async def test_print_colours_are_converted(rebuilder: PhotoRebuilder) -> None:
    source = io.BytesIO()
    Image.new("CMYK", (20, 20), (0, 255, 255, 0)).save(source, "JPEG")

    assert near(opened(await rebuilder.rebuild(source.getvalue())).getpixel((10, 10)), (254, 0, 0))


@pytest.mark.parametrize(("kind", "size"), [("JPEG", (5200, 400)), ("PNG", (400, 5200))])
async def test_a_long_side_becomes_2560(rebuilder: PhotoRebuilder, kind: str, size: tuple[int, int]) -> None:
    source = io.BytesIO()
    photos.quarters(*size).save(source, kind)

    photo = await rebuilder.rebuild(source.getvalue())

    assert max(photo.width, photo.height) == 2560
    assert (photo.width > photo.height) == (size[0] > size[1])


async def test_what_hides_behind_or_inside_a_photo_is_left_behind(rebuilder: PhotoRebuilder) -> None:
    page = b"<script>alert('" + photos.SECRET.encode() + b"')</script>"
    archive = b"PK\x03\x04" + page + b"PK\x05\x06" + bytes(18)

    for source in (photos.jpeg() + archive, photos.gif() + page, photos.png() + archive):
        rebuilt = (await rebuilder.rebuild(source)).jpeg.reveal()
        assert b"script" not in rebuilt
        assert b"PK\x03\x04" not in rebuilt


async def test_a_rebuilt_photo_does_not_show_itself(rebuilder: PhotoRebuilder) -> None:
    assert "jpeg=Private(…)" in repr(await rebuilder.rebuild(photos.jpeg()))
