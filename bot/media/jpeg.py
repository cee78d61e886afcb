"""What may leave a child: a JPEG of nothing but tables and pixels.

The child has handled hostile bytes, so its answer is not believed. This reads markers and lengths; it decodes
nothing.
"""

from __future__ import annotations

import re
from typing import Final

from bot.media.errors import Damaged

# SOI, then APP0 as every photo of ours has it: JFIF 1.1, no unit, density 1:1, no thumbnail.
_HEAD: Final = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_FRAME: Final = 0xC0
_SCAN: Final = 0xDA
_TABLES: Final = frozenset({0xDB, 0xC4})
# In the pixels' bytes 0xFF is followed by zero; the first that isn't is the next marker.
_MARKER: Final = re.compile(rb"\xff[^\x00]")


def dimensions(jpeg: bytes, *, longest: int) -> tuple[int, int]:
    """Width and height in pixels. Raises Damaged unless this is one baseline scan, its tables and no more."""
    if not jpeg.startswith(_HEAD):
        raise Damaged(Damaged.__doc__)
    at, size = len(_HEAD), (0, 0)
    while True:
        marker, length = jpeg[at + 1 : at + 2], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at : at + 1] != b"\xff" or not marker or length < 2:
            raise Damaged(Damaged.__doc__)
        if marker[0] == _FRAME:
            size = int.from_bytes(jpeg[at + 7 : at + 9], "big"), int.from_bytes(jpeg[at + 5 : at + 7], "big")
        elif marker[0] == _SCAN:
            break
        elif marker[0] not in _TABLES:
            raise Damaged(Damaged.__doc__)
        at += 2 + length
    end = _MARKER.search(jpeg, at + 2 + length)
    whole = end is not None and end.start() == len(jpeg) - 2 and end[0] == b"\xff\xd9"
    if not whole or not 1 <= min(size) <= max(size) <= longest:
        raise Damaged(Damaged.__doc__)
    return size
