"""A foreign photo in, a fresh JPEG out. Runs only in a confined child.

Pillow's `save()` carries comments, profiles and positions over from the image it read, so the pixels are
painted into a new image that has nothing else.
"""

from __future__ import annotations

import io
import warnings
from typing import Final

from PIL import Image, UnidentifiedImageError
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.MpoImagePlugin import MpoImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from bot.media.wire import LONG_SIDE

# MPO, a JPEG with a preview behind it, is opened through JPEG.
FORMATS: Final = tuple(kind.format for kind in (JpegImageFile, PngImageFile, GifImageFile, WebPImageFile))
MAX_PIXELS: Final = 60_000_000
QUALITY: Final = 88

_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_MAGIC: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_HEIC_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


class NotPhotoError(Exception):
    """The bytes are in none of the formats that we rebuild."""


class HeicError(NotPhotoError):
    """The bytes are a HEIC photo."""


class TooManyPixelsError(Exception):
    """The photo has more pixels than we decode."""


def rebuild(photo: bytes) -> bytes:
    """The first picture of `photo`, turned upright, on white, at most 2560 pixels long, as baseline JPEG.

    Raises NotPhotoError, HeicError, TooManyPixelsError, MemoryError; any other exception means that the photo
    is damaged.
    """
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _rebuild(photo)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
            raise TooManyPixelsError from bomb


def _rebuild(photo: bytes) -> bytes:
    image = _open(photo)
    # A JPEG can be decoded at a half or a quarter of its size, which saves most of the memory.
    image.draft("RGB", (LONG_SIDE, LONG_SIDE))
    image.load()
    turn = _turn(image)
    fresh = _fresh(image)
    if turn is not None:
        fresh = fresh.transpose(turn)
    rebuilt = io.BytesIO()
    fresh.save(rebuilt, "JPEG", quality=QUALITY, progressive=False, optimize=False)
    return rebuilt.getvalue()


def _open(photo: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(photo), formats=FORMATS)
    except UnidentifiedImageError:
        if photo[4:8] == b"ftyp" and photo[8:12] in _HEIC_BRANDS:
            raise HeicError from None
        if not photo or photo.startswith(_MAGIC) or (photo[:4] == b"RIFF" and photo[8:12] == b"WEBP"):
            raise
        raise NotPhotoError from None


def _turn(image: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    except Exception:
        # Broken details about a photo don't make the photo broken.
        return None


def _fresh(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # 16 bits of grey: Pillow would cut off, not scale.
        image = image.point(lambda level: level * (1 / 256)).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    if image.mode != mode:
        image = image.convert(mode)
    image.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    fresh = Image.new("RGB", image.size, "white")
    fresh.paste(image, mask=image if mode == "RGBA" else None)
    return fresh


def warm_up() -> None:
    """Rebuild a tiny photo of our own in each format, so that Pillow has imported all it imports late."""
    exif = Image.Exif()
    exif[_ORIENTATION] = 6
    for kind in (*FORMATS, MpoImageFile.format):
        sample = io.BytesIO()
        Image.new("RGB", (2, 2)).save(sample, kind, exif=exif.tobytes())
        rebuild(sample.getvalue())
