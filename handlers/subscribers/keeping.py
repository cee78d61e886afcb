"""A further message that a reader has opened is corrected and taken back with the first: where it stands is kept."""

from __future__ import annotations

from bot.flows.turn import Turn
from bot.types import Kept
from handlers.broadcasting.further import expect
from storage.subscriber import Subscriber


async def expected(
    turn: Turn, kind: str, subject: bytes, reader: Subscriber | None, *, place: int, note: bytes = b""
) -> Kept | None:
    """Such a message is on its way to this turn's person.

    Only of a reader can a copy be kept, with whom it goes; and as long as the broadcast's own copies are.
    """
    if reader is None or reader.chat != turn.person.chat:
        return None
    return await expect(turn.tx, reader, kind, [subject], place=place, note=note)
