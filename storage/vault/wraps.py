"""A data key, wrapped for whoever may open it.

    format (1) | KEK number (4) | nonce (12) | AES-256-GCM( data key (32) ) | tag (16)

The wrapping key is derived from the KEK for each key id, so a KEK never nears AES-GCM's limit of random
nonces. Number, key id and holder are in the associated data: a wrap serves no other key, no other holder and
no other KEK.
"""

from __future__ import annotations

import secrets
from enum import StrEnum
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import Unreadable
from storage.vault.envelope import DataKey
from storage.vault.ring import KeyRing
from storage.vault.ring_file import Kek, KekNumber
from storage.vault.secret import KEY_BYTES, derive, fields, label

FORMAT: Final = b"\x01"
_NUMBER: Final = 4
_NONCE: Final = 12
_TAG: Final = 16
_HEADER: Final = len(FORMAT) + _NUMBER
_SIZE: Final = _HEADER + _NONCE + KEY_BYTES + _TAG


class Holder(StrEnum):
    """Who can open a wrap."""

    RING = "ring"


def wrap(kek_number: KekNumber, kek: Kek, key_id: bytes, holder: str, data_key: DataKey) -> bytes:
    """65 bytes that give the data key back to whoever has this KEK, key id and holder.

    Take number and KEK together, in one line: `wrap(*ring.current_kek(), …)`.
    """
    header = FORMAT + kek_number.to_bytes(_NUMBER)
    nonce = secrets.token_bytes(_NONCE)
    cipher = AESGCM(derive(kek, "wrap", key_id))
    return header + nonce + cipher.encrypt(nonce, data_key.reveal(), _place(header, key_id, holder))


def unwrap(ring: KeyRing, blob: bytes, key_id: bytes, holder: str) -> DataKey:
    """Raises KeyMissing when its KEK was destroyed (so it is shredded), Unreadable when anything differs."""
    kek = ring.get(kek_number_of(blob))
    nonce = blob[_HEADER : _HEADER + _NONCE]
    cipher = AESGCM(derive(kek, "wrap", key_id))
    try:
        raw = cipher.decrypt(nonce, blob[_HEADER + _NONCE :], _place(blob[:_HEADER], key_id, holder))
    except InvalidTag:
        raise _unreadable() from None
    return DataKey(raw)


def rewrap(ring: KeyRing, blob: bytes, key_id: bytes, holder: str) -> bytes:
    """The same data key under the ring's current KEK. Raises like `unwrap`."""
    return wrap(*ring.current_kek(), key_id, holder, unwrap(ring, blob, key_id, holder))


def kek_number_of(blob: bytes) -> KekNumber:
    """The number in the header, not yet authenticated: for finding wraps that are due. Raises Unreadable."""
    if blob[:1] != FORMAT or len(blob) != _SIZE:
        raise _unreadable()
    return KekNumber(int.from_bytes(blob[len(FORMAT) : _HEADER]))


def _place(header: bytes, key_id: bytes, holder: str) -> bytes:
    return fields(label("wrap"), header, key_id, holder.encode())


def _unreadable() -> Unreadable:
    return Unreadable("A wrapped key does not open: it was altered, or belongs to another key or holder.")
