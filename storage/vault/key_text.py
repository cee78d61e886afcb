"""Keys as one line of text, which fits on paper: `<header>:<base64url of payload and checksum>`."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Final

_CHECKSUM: Final = 4


class DamagedLineError(ValueError):
    """Cut, mistyped, or no key at all. Carries nothing of the line."""


def to_line(header: str, payload: bytes) -> str:
    content = payload + _checksum(header, payload)
    return f"{header}:{base64.urlsafe_b64encode(content).decode().rstrip('=')}"


def from_line(line: str) -> tuple[str, bytes]:
    """Header and payload. Raises DamagedLineError."""
    header, _, encoded = line.strip().rpartition(":")
    try:
        content = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        # Without the cause: its traceback would show the line.
        raise DamagedLineError from None
    payload, checksum = content[:-_CHECKSUM], content[-_CHECKSUM:]
    if checksum != _checksum(header, payload):
        raise DamagedLineError
    return header, payload


def _checksum(header: str, payload: bytes) -> bytes:
    return hashlib.sha256(header.encode(errors="surrogatepass") + b":" + payload).digest()[:_CHECKSUM]
