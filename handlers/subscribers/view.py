"""How a reader's subscription stands, as the steps show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from bot.flows.flow import Prompt, Reads, Words
from bot.flows.questions import back_row
from bot.texts.fluent import Language, msg
from handlers.languages import language_name
from handlers.topics import READERS_TOPICS
from storage.clock import day_of
from storage.rhythm import Rhythm
from storage.story import Status
from storage.subscriber import UNTIL_RETURN, Subscriber


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    topic: str = ""
    language: str = ""
    """what a deep link offers, both; nothing for those who come by themselves"""
    rhythm: Rhythm = Rhythm()
    """as far as it is chosen"""
    quiet_from: int = 0
    """the hour, when that is chosen"""
    goal: str = ""
    """the step that follows when the time zone is known"""
    guesses: tuple[str, ...] = ()
    """zones that may be meant"""


@dataclass(frozen=True, kw_only=True)
class View:
    reader: Subscriber | None
    is_unlisted: bool
    """has asked not to be added again from a list"""
    spoken: Language
    """in which we talk with this person"""
    languages: tuple[Language, ...]
    """in which there are texts: the person's own first"""
    begun: frozenset[str]
    """the languages of those in which something has been published"""
    joinable: Mapping[str, str]
    """language → link to a room of its stories whose members see each other"""
    now: int

    @property
    def topics(self) -> tuple[str, ...]:
        """Those that this reader gets; of those that there are."""
        chosen = self.reader.wishes.topics if self.reader is not None else None
        return READERS_TOPICS if chosen is None else tuple(topic for topic in READERS_TOPICS if topic in chosen)

    @property
    def is_paused(self) -> bool:
        return self.reader is not None and self.reader.wishes.paused_until > self.now

    @property
    def paused_until(self) -> date | None:
        """None: until they come back."""
        if self.reader is None or self.reader.wishes.paused_until == UNTIL_RETURN:
            return None
        return day_of(self.reader.wishes.paused_until)

    def name(self, language: str) -> str:
        return language_name(language, self.spoken)


async def load_view(reads: Reads, draft: Reading) -> View:
    reader = await reads.tx.subscribers.find(reads.who.person)
    spoken = reads.who.language
    asked = {draft.language or spoken, reader.language if reader else spoken}
    return View(
        reader=reader,
        is_unlisted=await reads.tx.suppressions.has(reads.who.person),
        spoken=spoken,
        languages=tuple(sorted(reads.languages, key=lambda one: one != spoken)),
        begun=frozenset([language for language in asked if await _has_begun(reads, language)]),
        joinable=reads.joinable,
        now=reads.tx.now,
    )


async def _has_begun(reads: Reads, language: str) -> bool:
    newest = await reads.tx.stories.newest(Status.PUBLISHED, language, skip=0, most=1)
    return any(story.language == language for story in newest)


def what_comes(view: View, language: str, topics: Words) -> tuple[Words, ...]:
    """The language and the topics, and whether there is anything in that language yet."""
    lines = (msg("reader-language", language=view.name(language)), topics)
    return lines if language in view.begun else (*lines, msg("reader-none-yet"))


def not_subscribed() -> Prompt:
    """They have left meanwhile, by the button under a story."""
    return Prompt(text=(msg("reader-is-none"),), choices=back_row())
