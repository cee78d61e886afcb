"""Whom a newsletter is for: who gets it, how many those are, and how that reads."""

from __future__ import annotations

from bot.flows.program import Tools
from bot.working import WorkOrder
from handlers.letters.opened import Counted
from storage.codec import decode, encode
from storage.ids import LetterId
from storage.letter import Details, Readership
from storage.readership import everybody
from storage.rhythm import Every
from storage.subscriber import Subscriber, Wishes

COUNT = "count-letter"
"""The job that opens every reader's row to count."""
RHYTHMS = tuple(Every)


def is_for(details: Details, reader: Subscriber, now: int) -> bool:
    """Whether this reader gets it. Who pauses gets nothing."""
    readership, wishes = details.readership, reader.wishes
    if reader.language not in details.languages or now < wishes.paused_until:
        return False
    if not _wants_topics(readership, wishes):
        return False
    if readership.platforms is not None and reader.chat.platform not in readership.platforms:
        return False
    return readership.rhythms is None or wishes.rhythm.every in readership.rhythms


def _wants_topics(readership: Readership, wishes: Wishes) -> bool:
    if readership.topics is None or wishes.topics is None:
        return True
    return any(topic in wishes.topics for topic in readership.topics)


def toggled(chosen: tuple[str, ...] | None, every: tuple[str, ...], one: str) -> tuple[str, ...] | None:
    """With this one if it was not among them, else without. None: every one."""
    now = tuple(each for each in every if (chosen is None or each in chosen) != (each == one))
    return None if now == every else now


def to_count(letter: LetterId) -> bytes:
    """The body of the `Work` that counts."""
    return encode(letter)


async def count(tools: Tools, order: WorkOrder) -> bytes:
    """`Counted`; nobody for a letter that is gone."""
    async with tools.store.read() as tx:
        letter = await tx.letters.find(LetterId(decode(bytes, order.body)))
    if letter is None:
        return encode(Counted(content=0, readers=0))
    readers = 0
    async for reader in everybody(tools.store):
        readers += is_for(letter.details, reader, tools.store.clock.now())
    return encode(Counted(content=letter.details.content, readers=readers))
