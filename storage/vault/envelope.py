"""One sealed column of one row.

    format (1) | nonce (12) | AES-256-GCM( length (4) | plaintext | zeros ) | tag (16)

The key is derived for the row, so no key comes near the 2³² random nonces that AES-GCM allows. The
associated data names table, column, row, format and revision: a value that was altered, moved or put back
does not open. (If the row's revision is put back together with its value, nothing here can see it.)
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import Unreadable
from storage.vault.secret import Secret, derive, fields, label

FORMAT: Final = b"\x01"
BLOCK: Final = 512
_NONCE: Final = 12
_TAG: Final = 16
_LENGTH: Final = 4


class DataKey(Secret):
    """The key of one story, draft, route, file or queue; kept only wrapped (`wraps.py`)."""

    __slots__ = ()


@dataclass(frozen=True)
class Column:
    """The contract of one encrypted column. Renaming either label makes what is stored unreadable."""

    table: str
    name: str
    block: int = BLOCK
    """bytes: to a multiple of them its plaintexts are padded"""

    @cached_property
    def prefix(self) -> bytes:
        """What the associated data of all its values begins with."""
        return fields(label("row"), self.table.encode(), self.name.encode())

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"


def seal(key: DataKey, column: Column, row_id: bytes, revision: int, plaintext: bytes) -> bytes:
    """The plaintext with its 4-byte length, padded to full blocks of the column, sealed for this place only."""
    nonce = secrets.token_bytes(_NONCE)
    body = len(plaintext).to_bytes(_LENGTH) + plaintext
    body = body.ljust(-(-len(body) // column.block) * column.block, b"\0")
    cipher = AESGCM(derive(key, "row", row_id))
    return FORMAT + nonce + cipher.encrypt(nonce, body, _place(column, row_id, revision))


def open_sealed(key: DataKey, column: Column, row_id: bytes, revision: int, sealed: bytes) -> bytes:
    """What `seal` was given. Raises Unreadable when anything about it differs, the place included."""
    if sealed[:1] != FORMAT or len(sealed) < len(FORMAT) + _NONCE + column.block + _TAG:
        raise _unreadable(column)
    nonce = sealed[1 : 1 + _NONCE]
    cipher = AESGCM(derive(key, "row", row_id))
    try:
        body = cipher.decrypt(nonce, sealed[1 + _NONCE :], _place(column, row_id, revision))
    except InvalidTag:
        raise _unreadable(column) from None
    return body[_LENGTH : _LENGTH + int.from_bytes(body[:_LENGTH])]


def _place(column: Column, row_id: bytes, revision: int) -> bytes:
    return column.prefix + fields(row_id, FORMAT, revision.to_bytes(8))


def _unreadable(column: Column) -> Unreadable:
    return Unreadable(f"A value in {column} does not open: it was altered, moved here, or its key was destroyed.")
