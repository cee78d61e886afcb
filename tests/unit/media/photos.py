"""Photos for the tests, with secrets planted wherever a format has room for them."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo

SECRET = "IvanSokolov-Tver-1983"
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 200, 30), (30, 30, 220), (220, 220, 30)


def quarters(width: int = 80, height: int = 40) -> Image.Image:
    """Four colours, so that every turn and mirror image looks different."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    image.paste(YELLOW, (width // 2, height // 2, width, height))
    return image


def exif(*, orientation: int = 1) -> bytes:
    """Position, author, time and turn, as a telephone writes them."""
    details = Image.Exif()
    details[0x0112] = orientation
    details[0x013B] = SECRET
    details[0x0132] = "2022:02:24 05:00:00"
    details[0x8825] = {1: "N", 2: (56.0, 51.0, 28.0), 3: "E", 4: (35.0, 55.0, 18.0), 29: "2022:02:24"}
    return details.tobytes()


def jpeg(*, orientation: int = 1) -> bytes:
    return _saved(
        "JPEG",
        exif=exif(orientation=orientation),
        comment=SECRET.encode(),
        xmp=SECRET.encode(),
        icc_profile=SECRET.encode(),
        dpi=(301, 302),
    )


def plain_jpeg(**details: object) -> bytes:
    return _saved("JPEG", **details)


def png() -> bytes:
    notes = PngInfo()
    notes.add_text("Author", SECRET)
    notes.add_itxt("Title", SECRET, lang="ru")
    notes.add(b"tIME", struct.pack("!HBBBBB", 2022, 2, 24, 5, 0, 0))
    notes.add(b"prVt", SECRET.encode(), after_idat=True)
    return _saved("PNG", pnginfo=notes, exif=exif(), icc_profile=SECRET.encode(), dpi=(301, 302))


def gif() -> bytes:
    return _saved("GIF", save_all=True, append_images=[Image.new("RGB", (80, 40), BLUE)], comment=SECRET.encode())


def webp() -> bytes:
    secret = SECRET.encode()
    return _saved("WEBP", exif=exif(), xmp=secret, icc_profile=secret, lossless=True)


def mpo() -> bytes:
    return _saved("MPO", save_all=True, append_images=[quarters()], exif=exif())


def png_claiming(width: int, height: int) -> bytes:
    """A PNG whose header promises that many pixels of grey, and whose data is short."""
    header = struct.pack("!IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def _saved(kind: str, **details: object) -> bytes:
    photo = io.BytesIO()
    quarters().save(photo, kind, **details)
    return photo.getvalue()
