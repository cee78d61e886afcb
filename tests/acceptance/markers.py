"""What must be nowhere in the service's files, in every form in which bytes may hold it; and the search for it.

Texts are searched for by pieces, because a stored text may be broken anywhere. Numbers of four bytes turn up in
megabytes of sealed data by chance (one in 4 billion places), so such a form counts only when it is found of every
number that has it: a leak would show all of them.
"""

from __future__ import annotations

import base64
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PIECE = 16
"""characters of a text that are searched for at once"""
PIECE_OF_BYTES = 24
"""bytes of a file that are searched for at once"""
PIECES = 3
"""of each text and file: its beginning, its middle, its end"""
CHANCY_BYTES = 4


@dataclass(frozen=True, kw_only=True)
class Marker:
    """One thing in one form."""

    of: str
    """what it is, without saying it"""
    form: str
    needle: bytes

    @property
    def may_be_chance(self) -> bool:
        return len(self.needle) <= CHANCY_BYTES


@dataclass(frozen=True, kw_only=True)
class Found:
    marker: Marker
    file: Path
    at: int


def of_text(of: str, text: str) -> list[Marker]:
    pieces = [text[place : place + PIECE] for place in _places(len(text), PIECE)]
    return [Marker(of=of, form=form, needle=needle) for piece in pieces for form, needle in text_forms(piece)]


def of_bytes(of: str, data: bytes) -> list[Marker]:
    """A file, as it is or written as text."""
    pieces = [data[place : place + PIECE_OF_BYTES] for place in _places(len(data), PIECE_OF_BYTES)]
    forms = [form for piece in pieces for form in (("as it is", piece), *_bytes_forms(piece))]
    return [Marker(of=of, form=form, needle=needle) for form, needle in forms]


def _places(length: int, piece: int) -> list[int]:
    return sorted({round(part * max(0, length - piece) / (PIECES - 1)) for part in range(PIECES)})


def text_forms(text: str) -> Iterator[tuple[str, bytes]]:
    plain = text.encode()
    yield "UTF-8", plain
    yield "UTF-16 LE", text.encode("utf-16-le")
    yield "UTF-16 BE", text.encode("utf-16-be")
    if text.isascii():
        yield from _bytes_forms(plain)
        return
    yield "Windows-1251", text.encode("cp1251", errors="replace")
    escaped = "".join(f"\\u{ord(letter):04x}" if ord(letter) > 126 else letter for letter in text)
    yield "JSON escapes", escaped.encode()
    yield (
        "JSON escapes, capitals",
        "".join(f"\\u{ord(letter):04X}" if ord(letter) > 126 else letter for letter in text).encode(),
    )
    yield "percent", quote(text).encode()
    yield from _bytes_forms(plain)


def _bytes_forms(plain: bytes) -> Iterator[tuple[str, bytes]]:
    yield "hex", plain.hex().encode()
    yield "hex, capitals", plain.hex().upper().encode()
    for shift in range(3):
        # The letters at the ends depend on what stands beside.
        coded = base64.b64encode(bytes(shift) + plain)
        inner = coded[(shift * 8 + 5) // 6 : (shift + len(plain)) * 8 // 6]
        yield f"Base64, {shift}", inner
        yield f"Base64 for URLs, {shift}", inner.replace(b"+", b"-").replace(b"/", b"_")


def of_number(of: str, number: int) -> list[Marker]:
    return [Marker(of=of, form=form, needle=needle) for form, needle in number_forms(number)]


def number_forms(number: int) -> Iterator[tuple[str, bytes]]:
    yield from text_forms(str(number))
    # Whatever is found in few bytes is found in more: eight bytes begin or end with these, and so does MessagePack.
    for size in (4, 6) if number < 1 << 32 else (5,):
        yield f"{size} bytes, big end first", number.to_bytes(size, "big")
        yield f"{size} bytes, little end first", number.to_bytes(size, "little")
    if number < 1 << 32:
        yield "MessagePack", b"\xce" + number.to_bytes(4, "big")


def scan(markers: Iterable[Marker], files: Iterable[Path]) -> list[Found]:
    """Every marker that is in a file, once a file."""
    needles = list({marker.needle: marker for marker in markers}.values())
    found = []
    for file in files:
        try:
            data = file.read_bytes().rstrip(b"\0")  # PostgreSQL makes its log longer than it is
        except FileNotFoundError:  # the service goes on meanwhile
            continue
        for marker in needles:
            at = data.find(marker.needle)
            if at >= 0:
                found.append(Found(marker=marker, file=file, at=at))
    return _without_chance(needles, found)


def _without_chance(markers: list[Marker], found: list[Found]) -> list[Found]:
    wanted: dict[str, set[str]] = defaultdict(set)
    seen: dict[str, set[str]] = defaultdict(set)
    for marker in markers:
        wanted[marker.form].add(marker.of)
    for one in found:
        seen[one.marker.form].add(one.marker.of)
    return [one for one in found if not one.marker.may_be_chance or seen[one.marker.form] == wanted[one.marker.form]]


def files_under(*places: Path, since: float = 0.0) -> list[Path]:
    """Every file that was written after `since`, whatever its name; a place that is a file stands for itself."""
    found = []
    for place in places:
        for file in [place] if place.is_file() else sorted(place.rglob("*")):
            with suppress(FileNotFoundError):  # the service goes on meanwhile
                status = file.lstat()
                if stat.S_ISREG(status.st_mode) and status.st_mtime >= since:
                    found.append(file)
    return found
