"""Keys show nothing, and are derived as RFC 5869 says."""

from __future__ import annotations

import copy
import hashlib
import hmac
import pickle

import pytest

from storage.errors import Unreadable
from storage.vault import (
    Column,
    DataKey,
    Kek,
    KeyRing,
    Pseudonyms,
    RootKey,
    Secret,
    derive,
    open_sealed,
    seal,
)
from storage.vault.secret import fields


def test_derived_keys_are_hkdf_sha256_computed_by_hand() -> None:
    info = b"\0\0\0\x0ftamizdat/v1/row" + b"\0\0\0\x03abc"
    extracted = hmac.new(bytes(32), b"k" * 32, hashlib.sha256).digest()
    expected = hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()

    assert derive(DataKey(b"k" * 32), "row", b"abc") == expected


def test_fields_keep_their_borders() -> None:
    assert fields(b"ab", b"c") != fields(b"a", b"bc")
    assert fields(b"ab") != fields(b"ab", b"")


@pytest.mark.parametrize("kind", [RootKey, DataKey, Kek])
def test_a_key_shows_nothing(kind: type[Secret]) -> None:
    raw = b"correct horse battery staple key"
    key = kind(raw)

    for shown in (repr(key), str(key), f"{key}", f"{key!r:>40}", repr([key]), repr({"key": key})):
        assert "horse" not in shown
        assert raw.hex() not in shown
        assert kind.__name__ in shown
    assert not hasattr(key, "__dict__")


@pytest.mark.parametrize("smuggle", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_key_is_not_copied_behind_our_back(smuggle: object) -> None:
    assert callable(smuggle)
    with pytest.raises(TypeError, match="can't be pickled"):
        smuggle(DataKey.new())


def test_what_holds_keys_is_not_pickled_either(ring: KeyRing, root: RootKey) -> None:
    for holder in (ring, ring.keys, Pseudonyms(root)):
        with pytest.raises(TypeError, match="can't be pickled"):
            pickle.dumps(holder)


def test_a_key_has_32_bytes_and_the_error_shows_none_of_them() -> None:
    with pytest.raises(ValueError, match="32 bytes, not 5") as refused:
        DataKey(b"horse")
    assert "horse" not in str(refused.value)


def test_keys_of_two_kinds_are_never_equal() -> None:
    assert DataKey(b"k" * 32) == DataKey(b"k" * 32)
    assert DataKey(b"k" * 32) != Kek(b"k" * 32)
    assert DataKey.new() != DataKey.new()


def test_a_failure_names_the_column_and_nothing_else() -> None:
    title, row = Column("stories", "title"), b"row-of-anna"
    sealed = seal(DataKey.new(), title, row, 1, b"24 February")

    with pytest.raises(Unreadable) as failure:
        open_sealed(DataKey.new(), title, row, 1, sealed)

    assert str(failure.value).startswith("A value in stories.title does not open")
    assert "anna" not in str(failure.value)
    assert failure.value.args == (str(failure.value),)
    assert failure.value.__suppress_context__


def test_a_ring_shows_no_key(ring: KeyRing) -> None:
    shown = repr(ring) + repr(ring.keys) + ring.fingerprint()
    for key in ring.keys:
        assert repr(key.kek.reveal())[2:-1] not in shown
        assert key.kek.reveal().hex() not in shown
