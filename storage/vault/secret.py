"""32 secret bytes that show themselves to nobody, and the keys derived from them."""

from __future__ import annotations

import hmac
import secrets
from functools import cache
from typing import Final, NoReturn, Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

KEY_BYTES: Final = 32
_LABEL: Final = "tamizdat/v1/"
_SHA256: Final = SHA256()
_EXTRACT: Final = HMAC(bytes(KEY_BYTES), _SHA256)
_ONLY_BLOCK: Final = b"\x01"


class Secret:
    """A 256-bit key. `repr`, `str`, f-strings and pickles show nothing of it; `reveal()` does."""

    __slots__ = ("_expand", "_raw")

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(raw)}")
        self._raw = bytes(raw)
        self._expand: HMAC | None = None

    @classmethod
    def new(cls) -> Self:
        return cls(secrets.token_bytes(KEY_BYTES))

    def reveal(self) -> bytes:
        return self._raw

    def expanding(self) -> HMAC:
        """With HKDF-Extract of it, without salt, for its key: what every block of HKDF-Expand begins as."""
        if self._expand is None:
            extract = _EXTRACT.copy()
            extract.update(self._raw)
            self._expand = HMAC(extract.finalize(), _SHA256)
        return self._expand.copy()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and hmac.compare_digest(self._raw, other._raw)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A key can't be pickled or copied: wrap it instead.")


@cache
def label(purpose: str) -> bytes:
    """What every derived key and every associated data begins with: `tamizdat/v1/<purpose>`."""
    return (_LABEL + purpose).encode()


def fields(*parts: bytes) -> bytes:
    """The parts joined, each after its length in 4 bytes, so that no two lists give the same bytes."""
    return b"".join([len(part).to_bytes(4) + part for part in parts])


def derive(secret: Secret, purpose: str, *context: bytes) -> bytes:
    """A 32-byte key for one purpose and context.

    HKDF-SHA256 (RFC 5869) without salt; info = fields(`tamizdat/v1/<purpose>`, *context). As long as a hash, it is one
    block of HKDF-Expand, which is one HMAC: a broadcast derives three thousand keys a second, and to set up an HKDF for
    each would take several times as long as to copy what is the same for all keys of one secret.
    """
    block = secret.expanding()
    block.update(_named(purpose) + fields(*context) + _ONLY_BLOCK)
    return block.finalize()


@cache
def _named(purpose: str) -> bytes:
    return fields(label(purpose))
