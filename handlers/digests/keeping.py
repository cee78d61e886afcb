"""Where a digest stands is kept with each story that it lists: when one is taken back, the digest must not name it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.types import Kept
from handlers.broadcasting.titles import STORY
from handlers.publication.pieces import LIST, note_of
from storage.ids import StoryId
from storage.store import Transaction
from storage.subscriber import Subscriber


async def expected(tx: Transaction, reader: Subscriber, listed: Sequence[StoryId]) -> Kept:
    """Such a digest is on its way to this reader."""
    broadcasts = await tx.broadcasts.newest(STORY, listed)
    await tx.openings.expect(broadcasts, reader.id, reader.key_id)
    return Kept(broadcasts=tuple(broadcasts), reader=reader.id, place=LIST, note=note_of(listed))
