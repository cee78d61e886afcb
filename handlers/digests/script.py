"""To each reader whose digest is due: what waits for them. Nothing waits: nothing comes."""

from __future__ import annotations

from dataclasses import dataclass

from bot.flows.script import SayScript
from bot.flows.turn import Turn
from bot.kept import has_arrived
from bot.texts.fluent import Language
from bot.types import Content
from handlers.digests.keeping import expected
from handlers.digests.listing import listing
from handlers.policy import LATE_DIGEST_SECONDS, MOST_IN_DIGEST
from storage.address import Reference
from storage.broadcast import Broadcast
from storage.counts import Outcome
from storage.ids import StoryId
from storage.store import Transaction
from storage.subscriber import Subscriber

DIGEST = "digest"
"""The kind of such a broadcast."""


def subject_of(slot: int) -> bytes:
    return slot.to_bytes(8, "big")


@dataclass(frozen=True, kw_only=True)
class Digest:
    slot: int
    """the second at which it is due"""
    published: frozenset[StoryId]


@dataclass(frozen=True, kw_only=True)
class Variant:
    """For all readers of a language for whom the same stories wait."""

    platform: str
    language: str
    stories: tuple[StoryId, ...]
    rest: int


class DigestScript(SayScript[Digest, Variant]):
    async def load(self, turn: Turn, broadcast: Broadcast) -> Digest | None:
        """None when it is far too late for it: what waits comes with the readers' next ones (`due.py`)."""
        slot = int.from_bytes(broadcast.subject, "big")
        if turn.tx.now - slot > LATE_DIGEST_SECONDS:
            return None
        return Digest(slot=slot, published=await turn.tx.stories.all_published())

    def variant(self, subject: Digest, reader: Subscriber, now: int) -> Variant | None:
        stories = _waiting(subject, reader)
        if not stories or reader.digest_due != subject.slot:
            return None
        listed, rest = stories[:MOST_IN_DIGEST], len(stories[MOST_IN_DIGEST:])
        return Variant(platform=reader.chat.platform, language=reader.language, stories=listed, rest=rest)

    async def render(self, turn: Turn, subject: Digest, variant: Variant) -> Content:
        return await listing(turn, variant.stories, variant.platform, Language(variant.language), variant.rest)

    async def settled(
        self,
        tx: Transaction,
        subject: Digest,
        variant: Variant | None,
        reader: Subscriber,
        outcome: Outcome,
        copy: Reference | None,
    ) -> None:
        """Together with the line in the ledger, so that what has come waits no more, and what has not waits on."""
        got = set() if variant is None else set(variant.stories)
        if not subject.published.issuperset(reader.waiting):  # taken back, or came out since they were counted
            got |= set(reader.waiting) - await tx.stories.all_published()
        await tx.digests.settle(reader.id, subject.slot, got)
        if variant is not None and copy is not None:
            kept = await expected(tx, reader, variant.stories)
            if kept is not None:
                await has_arrived(tx, kept, copy)


def _waiting(subject: Digest, reader: Subscriber) -> tuple[StoryId, ...]:
    """Without what has been taken back meanwhile."""
    return tuple(story for story in reader.waiting if story in subject.published)
