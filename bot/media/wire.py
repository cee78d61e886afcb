"""What passes through the two pipes of a child: frames of four bytes of length, big-endian, and a body.

The child speaks first: one frame with the layers of its sandbox. Then it gets the file in frames of any size, the
last one empty, and answers with one frame: a verdict of one byte and, if that is `OK`, the result.
"""

from __future__ import annotations

import os
import struct
from enum import IntEnum
from typing import Final

LENGTH: Final = struct.Struct("!I")
# The longer side of a rebuilt photo, in pixels.
LONG_SIDE: Final = 2560
# 2560 x 2560 pixels of noise make 9 MiB; an answer beyond this is not ours.
ANSWER_LIMIT: Final = 16 * 1024 * 1024


class Verdict(IntEnum):
    """How it went: all that a child may say about a file besides the rebuilt photo."""

    OK = 0
    UNSUPPORTED = 1
    HEIC = 2
    TOO_LARGE = 3
    DAMAGED = 4


def frame(body: bytes) -> bytes:
    return LENGTH.pack(len(body)) + body


def read_file(pipe: int) -> bytes:
    """The child's side: everything up to the empty frame. Raises EOFError if the parent went away."""
    parts: list[bytes] = []
    while length := LENGTH.unpack(_read(pipe, LENGTH.size))[0]:
        parts.append(_read(pipe, length))
    return b"".join(parts)


def write_frame(pipe: int, body: bytes) -> None:
    """The child's side: blocks until the parent has taken it. Raises BrokenPipeError."""
    view = memoryview(frame(body))
    while view:
        view = view[os.write(pipe, view) :]


def _read(pipe: int, count: int) -> bytes:
    body = bytearray()
    while len(body) < count:
        part = os.read(pipe, min(count - len(body), 1 << 20))
        if not part:
            raise EOFError
        body += part
    return bytes(body)
