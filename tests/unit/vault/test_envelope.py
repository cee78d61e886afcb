"""A sealed value opens in its own place and nowhere else."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import Unreadable
from storage.vault import Column, DataKey, open_sealed, seal

TITLE = Column("stories", "title")
KEY = DataKey(bytes(range(32)))
ROW = b"row-0123456789ab"

# Made by this program's first version. If it stops opening, so does every newsroom's database.
KEPT = bytes.fromhex(
    "01c3244b994d6b68f6d95f3805dee7b32da1b7a050aba5ea0618fe7fdc5ff60bc69638485b856939e665f6d533e2042b"
    "6a68e481feb5d146b1537db68bb040df22d6f70a2fb2f303108c10dce8566b4d07688f986e16d2a4794f864114b72a96"
    "16fea35ff248a978f17dfccec7465babcf9c3724c6516bb8c4d4157921498054e1e99eb4c98d496b2b3ce503ed98d36a"
    "6d0881d32ee71e0a66acfd7509ed9b7bd35e21ec8d8b39df42444675a21036824bc4b4d020dc9c09d2cd647316fffba7"
    "f7d687813a28e0118722f5064b03cc75bf82a9185bcee9c2b01a8faa563f0db4c526bdb3703cbecf6e5dbc4d7cb4c08b"
    "0b548d04252dd0afe0960f6674194c869ffb633f066fcb159139c6cb3c6d85ab8419aca9f9037518d59e3e5b538357b6"
    "22e4dcff63e128e184187256224fa92c1d0cc1cabe33c65690a2960cd7e48ff3ba938eab529d246cc77ff19c4b53c45a"
    "ecb9dbbde534baee9699b9055ce9311a20daef038f8fdbb67b1183334372d2b6b6b0deafc17a780ae9800738415a89c8"
    "55c39d8b40ee0964d43f4d25a06cfa94cd0fe43d341de9679a1c937fae718ebcad294ec6e5ddcb1cefba5ccb8b9a0664"
    "37a163088329acc5a0aa81fa843f624836f782d76a532d2c6c7681782d5dca6cde4b219ab47414c2abc5a3b4ffcf9648"
    "d1bd794ea782e1220dcd67481de1af9d03ab4eb90dbee734696a8f5f3ff7222863b592dc0e77febcacf4958c4aa323c9"
    "e9c0e615df30a4f107a833cc81"
)


def _prefixed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def test_what_the_first_version_sealed_still_opens() -> None:
    assert open_sealed(KEY, TITLE, ROW, 7, KEPT) == "Почему мне не всё равно?".encode()


def test_the_bytes_are_those_of_the_description_computed_independently() -> None:
    sealed = seal(KEY, TITLE, ROW, 7, b"Why do I care?")

    info = _prefixed(b"tamizdat/v1/row", ROW)
    row_key = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(bytes(range(32)))
    place = _prefixed(b"tamizdat/v1/row", b"stories", b"title", ROW, b"\x01", (7).to_bytes(8, "big"))
    body = AESGCM(row_key).decrypt(sealed[1:13], sealed[13:], place)

    assert sealed[0] == 1
    assert body == b"\0\0\0\x0eWhy do I care?" + bytes(512 - 4 - 14)


def test_every_altered_byte_is_noticed() -> None:
    sealed = seal(KEY, TITLE, ROW, 1, b"I was there.")

    for position in range(len(sealed)):
        altered = bytearray(sealed)
        altered[position] ^= 0x01
        with pytest.raises(Unreadable):
            open_sealed(KEY, TITLE, ROW, 1, bytes(altered))


def test_every_shortening_is_noticed() -> None:
    sealed = seal(KEY, TITLE, ROW, 1, b"I was there.")

    for length in range(len(sealed)):
        with pytest.raises(Unreadable):
            open_sealed(KEY, TITLE, ROW, 1, sealed[:length])
    with pytest.raises(Unreadable):
        open_sealed(KEY, TITLE, ROW, 1, sealed + b"\0")


@pytest.mark.parametrize(
    ("key", "column", "row", "revision"),
    [
        pytest.param(DataKey(b"x" * 32), TITLE, ROW, 3, id="another story's key"),
        pytest.param(KEY, TITLE, b"row-fedcba987654", 3, id="swapped with another row"),
        pytest.param(KEY, Column("stories", "summary"), ROW, 3, id="swapped with another column"),
        pytest.param(KEY, Column("drafts", "title"), ROW, 3, id="moved to another table"),
        pytest.param(KEY, Column("storie", "stitle"), ROW, 3, id="borders of the labels moved"),
        pytest.param(KEY, TITLE, ROW, 4, id="an older value put back"),
        pytest.param(KEY, TITLE, ROW, 2, id="a newer value put back"),
    ],
)
def test_a_value_opens_only_in_its_own_place(key: DataKey, column: Column, row: bytes, revision: int) -> None:
    sealed = seal(KEY, TITLE, ROW, 3, b"I was there.")
    assert open_sealed(KEY, TITLE, ROW, 3, sealed) == b"I was there."

    with pytest.raises(Unreadable):
        open_sealed(key, column, row, revision, sealed)


def test_the_same_text_never_looks_the_same() -> None:
    assert len({seal(KEY, TITLE, ROW, 1, b"yes") for _ in range(100)}) == 100


@pytest.mark.parametrize(("length", "blocks"), [(0, 1), (1, 1), (508, 1), (509, 2), (1020, 2), (1021, 3)])
def test_only_the_number_of_512_byte_blocks_shows(length: int, blocks: int) -> None:
    assert len(seal(KEY, TITLE, ROW, 1, b"x" * length)) == 1 + 12 + 512 * blocks + 16


@given(st.binary(max_size=2000), st.binary(min_size=1, max_size=40), st.integers(0, 2**63))
def test_whatever_is_sealed_comes_back(text: bytes, row: bytes, revision: int) -> None:
    key = DataKey.new()
    assert open_sealed(key, TITLE, row, revision, seal(key, TITLE, row, revision, text)) == text
