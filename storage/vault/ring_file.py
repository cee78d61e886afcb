"""What stands in the key ring's file.

    "TZRING" | version (1) | key check (16) | nonce (12) | AES-256-GCM( entries ) | tag (16)
    entry: number (4) | day of creation, as a proleptic ordinal (4) | KEK (32)

Everything before the nonce is associated data. The key check, derived from the root key, tells a wrong root
key from a damaged file.
"""

from __future__ import annotations

import hmac
import secrets
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NewType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import RingDamaged, WrongKey
from storage.vault.root import RootKey
from storage.vault.secret import KEY_BYTES, Secret, derive

KekNumber = NewType("KekNumber", int)
"""Counts up from 1; stands in the header of every wrap."""

_MAGIC: Final = b"TZRING\x01"
_CHECK: Final = 16
_NONCE: Final = 12
_HEADER: Final = len(_MAGIC) + _CHECK
_ENTRY: Final = struct.Struct(f">II{KEY_BYTES}s")


class Kek(Secret):
    """A key-encryption key; it never leaves the ring's file and memory."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RingKey:
    """One numbered key of the ring."""

    number: KekNumber
    created: date
    kek: Kek


Keys = Mapping[KekNumber, RingKey]


def to_file(root: RootKey, keys: Keys) -> bytes:
    header = _MAGIC + derive(root, "ring/check")[:_CHECK]
    nonce = secrets.token_bytes(_NONCE)
    return header + nonce + AESGCM(derive(root, "ring")).encrypt(nonce, _packed(keys), header)


def from_file(root: RootKey, content: bytes, path: Path) -> Keys:
    """Raises WrongKey or RingDamaged, which name the path."""
    header, nonce, body = content[:_HEADER], content[_HEADER : _HEADER + _NONCE], content[_HEADER + _NONCE :]
    if header[: len(_MAGIC)] != _MAGIC or len(nonce) != _NONCE:
        raise _damaged(path)
    if not hmac.compare_digest(header[len(_MAGIC) :], derive(root, "ring/check")[:_CHECK]):
        raise WrongKey(f"The root key does not open the key ring {path}: use the root key it was made with.")
    try:
        entries = AESGCM(derive(root, "ring")).decrypt(nonce, body, header)
    except InvalidTag:
        raise _damaged(path) from None
    return {
        KekNumber(number): RingKey(number=KekNumber(number), created=date.fromordinal(day), kek=Kek(raw))
        for number, day, raw in _ENTRY.iter_unpack(entries)
    }


def fingerprint(root: RootKey, keys: Keys) -> str:
    return hmac.digest(derive(root, "ring/fingerprint"), _packed(keys), "sha256")[:8].hex()


def _packed(keys: Keys) -> bytes:
    entries = (keys[number] for number in sorted(keys))
    return b"".join(_ENTRY.pack(key.number, key.created.toordinal(), key.kek.reveal()) for key in entries)


def _damaged(path: Path) -> RingDamaged:
    return RingDamaged(f"The key ring {path} is damaged: restore it from its own back-up.")
