"""Files on their way out: encrypted piece by piece while they are sent, never in memory as a whole.

The format is the specification's (Client-Server API, "Sending encrypted attachments"): AES-256 in counter mode, of
whose 16 bytes the first 8 are random and the counter begins at 0; SHA-256 over what was sent.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import AsyncIterator
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

_COUNTER = bytes(8)


class Encrypted:
    """`pieces` can be read once; after that `file` says what opens it."""

    def __init__(self, plain: AsyncIterator[bytes]) -> None:
        self._plain = plain
        self._key = os.urandom(32)
        self._iv = os.urandom(8) + _COUNTER
        self._hash = hashlib.sha256()

    async def pieces(self) -> AsyncIterator[bytes]:
        encryptor = Cipher(AES(self._key), CTR(self._iv)).encryptor()
        async for piece in self._plain:
            sealed = encryptor.update(piece)
            self._hash.update(sealed)
            yield sealed

    def file(self, url: str) -> dict[str, Any]:
        """The specification's EncryptedFile."""
        key = base64.urlsafe_b64encode(self._key).rstrip(b"=").decode()
        return {
            "v": "v2",
            "url": url,
            "key": {"kty": "oct", "key_ops": ["encrypt", "decrypt"], "alg": "A256CTR", "k": key, "ext": True},
            "iv": _unpadded(self._iv),
            "hashes": {"sha256": _unpadded(self._hash.digest())},
        }


def _unpadded(data: bytes) -> str:
    return base64.b64encode(data).rstrip(b"=").decode()
