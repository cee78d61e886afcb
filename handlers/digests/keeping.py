"""Where a digest stands is kept with each story that it lists: when one is taken back, the digest must not name it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.types import Kept
from handlers.broadcasting.further import expect
from handlers.broadcasting.titles import STORY
from handlers.publication.pieces import LIST, note_of
from storage.ids import StoryId
from storage.store import Transaction
from storage.subscriber import Subscriber


async def expected(tx: Transaction, reader: Subscriber, listed: Sequence[StoryId]) -> Kept | None:
    """Such a digest is on its way to this reader."""
    return await expect(tx, reader, STORY, listed, place=LIST, note=note_of(listed))
