"""A further message of what was broadcast is on its way to a reader: it is corrected and taken back with the rest."""

from __future__ import annotations

from collections.abc import Collection

from bot.types import Kept
from storage.store import Transaction
from storage.subscriber import Subscriber


async def expect(
    tx: Transaction, reader: Subscriber, kind: str, subjects: Collection[bytes], *, place: int, note: bytes = b""
) -> Kept | None:
    """place, note: as in `storage.openings.Copy`. None: readers were sent none of these."""
    broadcasts = await tx.broadcasts.newest(kind, subjects)
    if not broadcasts:
        return None
    await tx.openings.expect(broadcasts, reader.id, reader.key_id)
    return Kept(broadcasts=tuple(broadcasts), reader=reader.id, place=place, note=note)
