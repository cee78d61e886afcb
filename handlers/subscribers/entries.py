"""A published story as one line of a list, and the button that opens it."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from bot.flows.flow import Words
from bot.texts.fluent import msg
from handlers.languages import language_name
from handlers.manuscript.sections import sections_of
from handlers.publication.page import version_of
from handlers.topics import readers_topic
from storage.errors import VaultError
from storage.private import Private
from storage.store import Transaction
from storage.story import Story

log = logging.getLogger(__name__)

TITLE, LABEL = 60, 36
"""Characters: of a title in the list, and on a button, which is narrow on a phone."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    story: Story
    title: str

    @property
    def label(self) -> Words:
        """Of the button."""
        return msg("reader-open", title=shortened(self.title, LABEL))

    def line(self, number: int, language: str, spoken: str) -> Words:
        """language: that the reader reads; with a note where the story is in another. spoken: of the list itself."""
        story, topic, which = self.story, readers_topic(self.story.details.topic), str(number)
        if story.language == language:
            return msg("reader-line", number=which, title=self.title, topic=topic, day=story.since)
        original = language_name(story.language, spoken)
        return msg(
            "reader-line-elsewhere", number=which, title=self.title, topic=topic, day=story.since, language=original
        )


async def entry_of(tx: Transaction, story: Story) -> Entry | None:
    """None for a text that does not open: it must not take the others from everybody."""
    try:
        return Entry(story=story, title=title_of(await tx.stories.text(story, version_of(story))))
    except VaultError as error:
        log.error("a story that can't be read is left out of a list: %s", type(error).__name__)
        return None


def title_of(text: Private[str], longest: int = TITLE) -> str:
    """Its first words: a questionnaire's titles are the same for everybody."""
    told = next((section.text.reveal() for section in sections_of(text) if section.text.reveal()), "")
    return shortened(" ".join(told.split()), longest)


def shortened(words: str, longest: int) -> str:
    """Whole words, as long as there are any that fit."""
    if len(words) <= longest:
        return words
    cut = words[: longest - 1]
    return (cut[: cut.rfind(" ")] if " " in cut else cut).rstrip(" ,.;:–—-") + "…"
