"""A further message of a broadcast (`Kept`) has arrived: where it stands is kept, so that it is corrected with it."""

from __future__ import annotations

from bot.types import Kept
from storage.address import Reference
from storage.openings import Copy
from storage.store import Transaction


async def has_arrived(tx: Transaction, kept: Kept, reference: Reference) -> None:
    copy = Copy(place=kept.place, note=kept.note, message=reference.message)
    await tx.openings.add(kept.broadcasts, kept.reader, copy)
