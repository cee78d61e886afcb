"""Signed JSON as Matrix wants it: canonical bytes, unpadded base64, Ed25519.

Source: Matrix specification, appendices "Canonical JSON" and "Signing JSON".
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

Signed = Mapping[str, Any]
"""A JSON object with (or to be given) `signatures`: user → key id → signature."""


def canonical(value: Signed) -> bytes:
    """What is signed: `signatures` and `unsigned` left out, keys sorted by code point, UTF-8, no white space."""
    bare = {key: part for key, part in value.items() if key not in ("signatures", "unsigned")}
    return json.dumps(bare, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode()


def unpadded(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


def from_unpadded(text: str) -> bytes:
    """Raises ValueError when it is no base64."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise ValueError("not base64") from None


def public_text(key: Ed25519PrivateKey) -> str:
    return unpadded(key.public_key().public_bytes_raw())


def signature(key: Ed25519PrivateKey, value: Signed) -> str:
    return unpadded(key.sign(canonical(value)))


def is_signed(value: object, *, user: str, by: str) -> bool:
    """Whether the public key `by` (unpadded base64, also the key's id) of the user signed this; never raises.

    For keys that are named after themselves: master, self-signing, user-signing. A device's key: `is_signed_as`.
    """
    return is_signed_as(value, user=user, name=f"ed25519:{by}", by=by)


def is_signed_as(value: object, *, user: str, name: str, by: str) -> bool:
    """The same for a signature that stands under another name, as a device's does: `ed25519:DEVICE`."""
    try:
        if not isinstance(value, Mapping):
            return False
        given = from_unpadded(value["signatures"][user][name])
        Ed25519PublicKey.from_public_bytes(from_unpadded(by)).verify(given, canonical(value))
    except (InvalidSignature, KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return False
    return True
