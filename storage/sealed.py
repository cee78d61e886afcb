"""Rows that hold one sealed record each, under a data key of their own."""

from __future__ import annotations

from typing import Any

from storage.codec import decode, encode
from storage.ids import KeyId
from storage.vault import Column, open_sealed, seal
from storage.work import Work


async def seal_record(work: Work, key_id: KeyId, column: Column, row: bytes, revision: int, record: object) -> bytes:
    key = await work.keys.get(work.connection, key_id)
    return seal(key, column, row, revision, encode(record))


async def open_record(
    work: Work, key_id: bytes, column: Column, row: bytes, revision: int, body: bytes, kind: Any
) -> Any:
    """Raises Unreadable or KeyMissing."""
    key = await work.keys.get(work.connection, KeyId(key_id))
    return decode(kind, open_sealed(key, column, row, revision, body))
