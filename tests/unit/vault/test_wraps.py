"""A wrapped key opens for its own id, holder and KEK, and is gone with the KEK."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import KeyMissing, Unreadable
from storage.vault import DataKey, Holder, Kek, KekNumber, KeyRing, kek_number_of, rewrap, unwrap, wrap

STORY = b"story-0123456789"


def _prefixed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def test_the_bytes_are_those_of_the_description_computed_independently() -> None:
    kek, data_key = Kek(b"k" * 32), DataKey(b"d" * 32)
    blob = wrap(KekNumber(258), kek, STORY, Holder.RING, data_key)

    info = _prefixed(b"tamizdat/v1/wrap", STORY)
    wrapping = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(b"k" * 32)
    place = _prefixed(b"tamizdat/v1/wrap", b"\x01\0\0\x01\x02", STORY, b"ring")

    assert blob[:5] == b"\x01\0\0\x01\x02"
    assert AESGCM(wrapping).decrypt(blob[5:17], blob[17:], place) == b"d" * 32


def test_a_wrapped_key_comes_back(ring: KeyRing) -> None:
    data_key = DataKey.new()
    blob = wrap(*ring.current_kek(), STORY, Holder.RING, data_key)

    assert unwrap(ring, blob, STORY, Holder.RING) == data_key
    assert kek_number_of(blob) == ring.current


def test_every_altered_byte_is_noticed(ring: KeyRing) -> None:
    blob = wrap(*ring.current_kek(), STORY, Holder.RING, DataKey.new())

    for position in range(len(blob)):
        altered = bytearray(blob)
        altered[position] ^= 0x01
        # A number that the ring doesn't have is a missing key; everything else is unreadable.
        expected = KeyMissing if 1 <= position <= 4 else Unreadable
        with pytest.raises(expected):
            unwrap(ring, bytes(altered), STORY, Holder.RING)


@pytest.mark.parametrize("length", [0, 1, 5, 17, 64, 66])
def test_a_blob_of_another_length_is_not_a_wrap(ring: KeyRing, length: int) -> None:
    blob = wrap(*ring.current_kek(), STORY, Holder.RING, DataKey.new())
    with pytest.raises(Unreadable):
        kek_number_of((blob + b"\0")[:length])


def test_a_wrap_serves_no_other_key_and_no_other_holder(ring: KeyRing) -> None:
    blob = wrap(*ring.current_kek(), STORY, Holder.RING, DataKey.new())

    with pytest.raises(Unreadable):
        unwrap(ring, blob, b"story-fedcba9876", Holder.RING)
    with pytest.raises(Unreadable):
        unwrap(ring, blob, STORY, "receipt")


def test_a_wrap_relabelled_to_another_kek_does_not_open(ring: KeyRing) -> None:
    blob = wrap(*ring.current_kek(), STORY, Holder.RING, DataKey.new())
    newer = ring.add_key()

    with pytest.raises(Unreadable):
        unwrap(ring, blob[:1] + newer.to_bytes(4) + blob[5:], STORY, Holder.RING)


def test_even_with_the_same_kek_the_number_is_authenticated(ring: KeyRing) -> None:
    number, kek = ring.current_kek()
    blob = wrap(KekNumber(number + 7), kek, STORY, Holder.RING, DataKey.new())

    with pytest.raises(Unreadable):
        unwrap(ring, blob[:1] + number.to_bytes(4) + blob[5:], STORY, Holder.RING)


def test_rotation_keeps_what_was_rewrapped_and_shreds_the_rest(ring: KeyRing) -> None:
    kept, shredded = DataKey.new(), DataKey.new()
    old = ring.current
    kept_wrap = wrap(*ring.current_kek(), b"kept", Holder.RING, kept)
    copy_in_a_backup = wrap(*ring.current_kek(), b"shredded", Holder.RING, shredded)

    new = ring.add_key()
    kept_wrap = rewrap(ring, kept_wrap, b"kept", Holder.RING)
    ring.destroy(old)

    assert kek_number_of(kept_wrap) == new
    assert unwrap(ring, kept_wrap, b"kept", Holder.RING) == kept
    with pytest.raises(KeyMissing, match="Key 1 is not in the ring"):
        unwrap(ring, copy_in_a_backup, b"shredded", Holder.RING)
