"""A published story for its subscribers: one message each; what does not fit opens with "read on"."""

from __future__ import annotations

from bot.flows.script import SayScript
from bot.flows.turn import Turn
from bot.texts.fluent import Language, msg
from bot.texts.rich import Rich, bold
from bot.texts.split import split
from bot.types import Button, Choice, Content, Token, calling
from handlers.broadcasting.beginning import begin
from handlers.broadcasting.titles import STORY
from handlers.digests.putting_by import put_by
from handlers.publication.page import load_page
from handlers.topics import READERS_TOPICS, readers_topic
from storage.address import Reference
from storage.audience import Audience
from storage.broadcast import Broadcast
from storage.counts import Outcome
from storage.ids import StoryId
from storage.store import Transaction
from storage.story import Status, Story
from storage.subscriber import Subscriber

PIECE = 3500
"""UTF-16 units in one message, heading and all: what fits on the platform with the least room."""


async def begin_broadcast(turn: Turn, story: Story) -> None:
    """Whoever reads this language by now gets it, at once or later; of the others those who get digests."""
    audience = Audience(languages=(story.language,), with_digests=True)
    await begin(turn, STORY, story.id, audience, once=f"{STORY} {story.id.hex()}")


class StoryScript(SayScript[Story, str]):
    """Its variants are the platforms."""

    async def load(self, turn: Turn, broadcast: Broadcast) -> Story | None:
        return await published_story(turn, broadcast)

    def variant(self, subject: Story, reader: Subscriber, now: int) -> str | None:
        topic, reads_it = readers_topic(subject.details.topic), reader.language == subject.language
        return reader.chat.platform if reads_it and reader.wishes.wants_at_once(topic, now) else None

    async def render(self, turn: Turn, subject: Story, variant: str) -> Content:
        return await first_message(turn, subject, variant)

    async def settled(
        self,
        tx: Transaction,
        subject: Story,
        variant: str | None,
        reader: Subscriber,
        outcome: Outcome,
        copy: Reference | None,
    ) -> None:
        if variant is None:
            await put_by(tx, subject, reader)


async def published_story(turn: Turn, broadcast: Broadcast) -> Story | None:
    story = await turn.tx.stories.get(StoryId(broadcast.subject))
    return story if story is not None and story.status is Status.PUBLISHED else None


async def first_message(turn: Turn, story: Story, platform: str) -> Content:
    """Which all its readers get."""
    first, *rest = await published_pieces(turn, story, platform)
    further = 1 if rest or story.details.photos else None
    return Content(text=first, buttons=_reader_buttons(turn, story, platform, further))


async def published_pieces(turn: Turn, story: Story, platform: str) -> list[Rich]:
    """The page as messages on that platform; the first one begins with who tells it."""
    page = await load_page(turn.tx, story)
    heading = bold(turn.words(platform, Language(story.language), page.heading))
    return split(heading + "\n\n" + page.text, PIECE)


def _reader_buttons(turn: Turn, story: Story, platform: str, further: int | None) -> tuple[tuple[Button, ...], ...]:
    """ "Read on", when there is more, and "leave": one tap from any message."""
    language = Language(story.language)
    leave = leaving(turn, language, platform)
    if further is None:
        return ((leave,),)
    label = turn.words(platform, language, msg("button-read-on")).text
    return ((Choice(label=label, token=reading_on(story.id, further)),), (leave,))


def leaving(turn: Turn, language: Language, platform: str) -> Choice:
    return Choice(label=turn.words(platform, language, msg("button-leave")).text, token=calling("leave"))


def reading_on(story: StoryId, piece: int, topic: str = "") -> Token:
    """topic: of the list that the story was found in."""
    return calling("read", f"{story.hex()}-{piece}" + (f"-{topic}" if topic else ""))


def piece_meant(argument: str) -> tuple[StoryId, int, str]:
    """What `reading_on` carries: story, piece, topic. Nonsense becomes a story that does not exist."""
    digits, _, rest = argument.partition("-")
    number, _, topic = rest.partition("-")
    try:
        return StoryId(bytes.fromhex(digits)), int(number), topic if topic in READERS_TOPICS else ""
    except ValueError:
        return StoryId(b""), 0, ""
