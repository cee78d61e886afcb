"""A story that has met a reader who does not want it now, and so will have it in their next digest."""

from __future__ import annotations

from handlers.topics import readers_topic
from storage.rhythm import Every
from storage.store import Transaction
from storage.story import Story
from storage.subscriber import Subscriber


async def put_by(tx: Transaction, story: Story, reader: Subscriber) -> None:
    """`reader`: as they were when it passed them by. Digests bring stories of other languages too, with a note."""
    reads_it = reader.language == story.language or reader.wishes.rhythm.every is not Every.AT_ONCE
    if reads_it and reader.wishes.wants(readers_topic(story.details.topic), tx.now):
        await tx.digests.put_by(reader.id, story.id)
