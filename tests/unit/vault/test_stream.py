"""A sealed file opens whole, in order and as itself, or not at all."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.errors import Unreadable
from storage.vault import Column, DataKey, Opener, Sealer, sealed_size

PHOTO = Column("files", "content")
KEY = DataKey(bytes(range(32)))
FILE = b"file-0123456789a"
ROOM = 64 * 1024 - 4
SEALED = 64 * 1024 + 16
HEADER = 8


def _seal(content: bytes, step: int = 50_000, *, key: DataKey = KEY, file: bytes = FILE) -> bytes:
    sealer = Sealer(key, PHOTO, file)
    pieces = [sealer.update(content[at : at + step]) for at in range(0, len(content), step)]
    return b"".join([*pieces, sealer.finish()])


def _open(
    sealed: bytes, step: int = 50_000, *, key: DataKey = KEY, column: Column = PHOTO, file: bytes = FILE
) -> bytes:
    opener = Opener(key, column, file)
    pieces = [opener.update(sealed[at : at + step]) for at in range(0, len(sealed), step)]
    return b"".join([*pieces, opener.finish()])


def _chunks(sealed: bytes) -> list[bytes]:
    return [sealed[at : at + SEALED] for at in range(HEADER, len(sealed), SEALED)]


@pytest.fixture(scope="module")
def content() -> bytes:
    return os.urandom(3 * ROOM + 100)


@pytest.fixture(scope="module")
def sealed(content: bytes) -> bytes:
    return _seal(content)


@pytest.mark.parametrize("size", [0, 1, ROOM - 1, ROOM, ROOM + 1, 2 * ROOM, 9 * ROOM + 5])
@pytest.mark.parametrize("step", [7_919, SEALED, 10**7])
def test_a_file_comes_back_however_it_is_cut(size: int, step: int) -> None:
    content = os.urandom(size)
    sealed = _seal(content, step)

    assert _open(sealed, step) == content
    assert len(sealed) == sealed_size(size)


@settings(max_examples=20)
@given(st.lists(st.integers(0, 70_000), max_size=5), st.integers(1, 200_000))
def test_pieces_of_any_size_come_back(sizes: list[int], step: int) -> None:
    pieces = [bytes([index]) * size for index, size in enumerate(sizes)]
    sealer = Sealer(KEY, PHOTO, FILE)
    sealed = b"".join([*(sealer.update(piece) for piece in pieces), sealer.finish()])

    assert _open(sealed, step) == b"".join(pieces)


def test_the_bytes_are_those_of_the_description_computed_independently() -> None:
    sealed = _seal(b"a" * ROOM + b"end")

    def prefixed(*parts: bytes) -> bytes:
        return b"".join(len(part).to_bytes(4, "big") + part for part in parts)

    info = prefixed(b"tamizdat/v1/stream", FILE)
    cipher = AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(bytes(range(32))))
    header, (first, last) = sealed[:HEADER], _chunks(sealed)
    place = prefixed(b"tamizdat/v1/stream", b"files", b"content", FILE, header)

    assert header[0] == 1
    assert cipher.decrypt(header[1:] + b"\0\0\0\0\0", first, place) == b"\0\0\xff\xfc" + b"a" * ROOM
    assert cipher.decrypt(header[1:] + b"\0\0\0\x01\x01", last, place) == b"\0\0\0\x03end" + bytes(ROOM - 3)


def test_a_file_cut_at_any_border_does_not_open(sealed: bytes) -> None:
    borders = {0, 1, HEADER - 1, len(sealed) - 1}
    for at in range(HEADER, len(sealed), SEALED):
        borders |= {at, at + 1, at + 16, at + SEALED - 1}
    for length in sorted(borders):
        with pytest.raises(Unreadable):
            _open(sealed[:length])


def _disorders(chunks: list[bytes]) -> Iterator[list[bytes]]:
    first, second, third, last = chunks
    yield [second, first, third, last]
    yield [first, third, second, last]
    yield [first, second, last, third]
    yield [first, second, last]
    yield [second, third, last]
    yield [first, first, second, third, last]
    yield [first, second, third, last, last]
    yield [last]


def test_chunks_moved_doubled_or_left_out_do_not_open(sealed: bytes) -> None:
    for disorder in _disorders(_chunks(sealed)):
        with pytest.raises(Unreadable):
            _open(sealed[:HEADER] + b"".join(disorder))


def test_what_comes_after_the_end_is_noticed(sealed: bytes) -> None:
    for tail in (b"\0", bytes(16), bytes(SEALED)):
        with pytest.raises(Unreadable):
            _open(sealed + tail)


def test_a_chunk_of_another_file_does_not_open(content: bytes, sealed: bytes) -> None:
    again = _seal(content)
    other = _seal(content, file=b"file-fedcba98765")

    for foreign in (again, other):
        mixed = _chunks(sealed)
        mixed[1] = _chunks(foreign)[1]
        with pytest.raises(Unreadable):
            _open(sealed[:HEADER] + b"".join(mixed))


def test_a_file_opens_only_as_itself(sealed: bytes) -> None:
    with pytest.raises(Unreadable):
        _open(sealed, file=b"file-fedcba98765")
    with pytest.raises(Unreadable):
        _open(sealed, key=DataKey.new())
    with pytest.raises(Unreadable):
        _open(sealed, column=Column("files", "thumbnail"))


def test_an_altered_byte_is_noticed_wherever_it_is(sealed: bytes) -> None:
    positions = [
        *range(HEADER),
        *(at + add for at in range(HEADER, len(sealed), SEALED) for add in (0, 40_000, -1)),
    ]
    for position in positions:
        altered = bytearray(sealed)
        altered[position] ^= 0x80
        with pytest.raises(Unreadable):
            _open(bytes(altered))


def test_nothing_of_an_altered_chunk_is_given_out(content: bytes, sealed: bytes) -> None:
    altered = bytearray(sealed)
    altered[HEADER + SEALED + 5] ^= 1
    opener = Opener(KEY, PHOTO, FILE)

    assert opener.update(bytes(altered[: HEADER + SEALED + 1])) == content[:ROOM]
    with pytest.raises(Unreadable):
        opener.update(bytes(altered[HEADER + SEALED + 1 :]))
    with pytest.raises(Unreadable):
        opener.finish()


def test_a_broken_file_stays_broken_for_whoever_goes_on(sealed: bytes) -> None:
    first, second, third, last = _chunks(sealed)
    opener = Opener(KEY, PHOTO, FILE)
    opener.update(sealed[:HEADER] + first)
    opener.update(second[:-1] + bytes([second[-1] ^ 1]))

    with pytest.raises(Unreadable):
        opener.update(third)
    with pytest.raises(Unreadable):
        opener.update(last)
    with pytest.raises(Unreadable):
        opener.finish()


@pytest.mark.parametrize(
    ("size", "chunks"),
    [(0, 1), (ROOM, 1), (ROOM + 1, 2), (8 * ROOM, 8), (9 * ROOM, 10), (16 * ROOM + 1, 18), (765 * ROOM, 768)],
)
def test_the_size_on_the_disk_is_one_of_few(size: int, chunks: int) -> None:
    assert sealed_size(size) == HEADER + chunks * SEALED


@given(st.integers(1, 10**6))
def test_the_padding_costs_an_eighth_at_the_most(chunks: int) -> None:
    assert chunks * SEALED <= sealed_size(chunks * ROOM) - HEADER <= chunks * SEALED * 9 / 8


def test_a_finished_sealer_takes_no_more() -> None:
    sealer = Sealer(KEY, PHOTO, FILE)
    sealer.finish()
    with pytest.raises(RuntimeError, match="finished"):
        sealer.update(b"late")
    with pytest.raises(RuntimeError, match="finished"):
        sealer.finish()


def test_a_large_file_needs_no_large_memory() -> None:
    sealer, opener = Sealer(KEY, PHOTO, FILE), Opener(KEY, PHOTO, FILE)
    piece = bytes(100_000)
    came_back = 0
    tracemalloc.start()
    try:
        for _ in range(200):
            came_back += len(opener.update(sealer.update(piece)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    came_back += len(opener.update(sealer.finish())) + len(opener.finish())
    assert came_back == 200 * 100_000
    assert peak < 2_000_000
