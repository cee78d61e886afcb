"""What waits for an author's word: questions of the editors, a text to agree to."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bot.flows.flow import Reads
from bot.texts.fluent import Message, msg
from storage.ids import VersionNumber
from storage.questions import Question
from storage.story import OPEN, Contact, Status, Story


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A text that its author is asked to agree to."""

    version: VersionNumber
    base: VersionNumber
    """what it is compared with: the last one that the author agreed to, else the author's own"""
    corrects: bool
    """readers have the base already"""


class Waits(msgspec.Struct, frozen=True, kw_only=True):
    """A story that waits for its author."""

    story: Story
    for_answer: bool
    """to a question; else for an agreement"""

    @property
    def label(self) -> Message:
        """For a menu: who gets no notices learns it there."""
        return msg("home-question") if self.for_answer else msg("home-consent")


def proposal(story: Story) -> Proposal | None:
    """None when nobody waits for this author's agreement."""
    details = story.details
    if story.status is Status.CONSENT and details.offered is not None:
        return Proposal(version=details.offered, base=details.agreed or VersionNumber(1), corrects=False)
    correction = details.correction
    if story.status is not Status.PUBLISHED or correction is None or details.published is None:
        return None
    if correction.agreed or not correction.meaning:
        return None
    return Proposal(version=correction.version, base=details.published, corrects=True)


async def open_questions(reads: Reads, story: Story) -> list[Question]:
    """Those that still decide something, in the order in which they were asked."""
    if story.status not in OPEN:
        return []
    return [asked for asked in await reads.tx.questions.all(story) if asked.waits]


async def first_waiting(reads: Reads, stories: Iterable[Story]) -> Waits | None:
    """None also when the author wants to hear nothing of it, or has said what should be otherwise."""
    for story in stories:
        if story.details.contact is Contact.NEVER:
            continue
        if await open_questions(reads, story):
            return Waits(story=story, for_answer=True)
        correction = story.details.correction
        if proposal(story) is not None and not (correction is not None and correction.wished_otherwise):
            return Waits(story=story, for_answer=False)
    return None
