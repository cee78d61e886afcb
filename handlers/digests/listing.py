"""What came out, as a reader gets it: a line a story with a button to read it, and one more for the rest."""

from __future__ import annotations

from collections.abc import Sequence

from bot.flows.flow import Words
from bot.flows.turn import Turn
from bot.texts.fluent import Language, msg
from bot.texts.rich import Rich
from bot.types import Button, Choice, Content, Token, calling
from handlers.publication.publish import reading_on
from handlers.subscribers.entries import entry_of
from storage.ids import StoryId

REST_COMMAND = "more_stories"


async def listing(turn: Turn, stories: Sequence[StoryId], platform: str, language: Language, rest: int) -> Content:
    """In the reader's language. rest: how many more wait."""
    found = [await turn.tx.stories.find(story) for story in stories]
    opened = [await entry_of(turn.tx, story) for story in found if story is not None]
    entries = [entry for entry in opened if entry is not None]

    def say(words: Words) -> Rich:
        return turn.words(platform, language, words)

    def button(label: Words, token: Token) -> tuple[Button, ...]:
        return (Choice(label=say(label).text, token=token),)

    lines = [say(entry.line(number, language, language)) for number, entry in enumerate(entries, 1)]
    to_read = [button(entry.label, reading_on(entry.story.id, 0)) for entry in entries]
    more = [button(msg("digest-more", stories=rest), calling(REST_COMMAND))] if rest else []
    leave = button(msg("button-leave"), calling("leave"))
    text = Rich.join("\n\n", [say(msg("digest-title")), *lines])
    return Content(text=text, buttons=(*to_read, *more, leave))
