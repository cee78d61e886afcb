"""A published story for its subscribers: one message each, by a job; what does not fit opens with "read on"."""

from __future__ import annotations

from bot.flows.program import Closing, Tools
from bot.flows.turn import Turn
from bot.texts.fluent import Language, msg
from bot.texts.rich import Rich, bold
from bot.texts.split import split
from bot.types import Button, Choice, Token, calling
from handlers.publication.page import load_page
from handlers.topics import READERS_TOPICS, readers_topic
from storage.broadcasts import BROADCAST_JOB
from storage.ids import BroadcastId, StoryId
from storage.store import Transaction
from storage.story import Status, Story

READERS_A_PAGE = 100
PIECE = 3500
"""UTF-16 units in one message, heading and all: what fits on the platform with the least room."""


async def begin_broadcast(turn: Turn, story: Story) -> None:
    """Whoever reads this language by now gets it."""
    broadcast = await turn.tx.broadcasts.begin(story.id, story.language)
    await turn.post.order(turn.tx, BROADCAST_JOB, broadcast)


async def published_pieces(turn: Turn, story: Story, platform: str) -> list[Rich]:
    """The page as messages on that platform; the first one begins with who tells it."""
    page = await load_page(turn.tx, story)
    heading = bold(turn.words(platform, Language(story.language), page.heading))
    return split(heading + "\n\n" + page.text, PIECE)


async def broadcast_job(tools: Tools, payload: bytes) -> Closing:
    """Hands the story to the outbox, a page of readers at a time, each page in its own transaction."""
    broadcast_id = BroadcastId(payload)
    while not await _hand_page(tools, broadcast_id):
        pass

    async def close(tx: Transaction) -> None:
        await tx.broadcasts.finish(await tx.broadcasts.get(broadcast_id))

    return close


async def _hand_page(tools: Tools, broadcast_id: BroadcastId) -> bool:
    """True when nobody is left, or the story is not published any more."""
    async with tools.write() as tx:
        broadcast = await tx.broadcasts.get(broadcast_id)
        story = await tx.stories.get(broadcast.story)
        if story is None or story.status is not Status.PUBLISHED:
            return True
        page = await tx.subscribers.page(broadcast.language, broadcast.generation, broadcast.reached, READERS_A_PAGE)
        if page.last is None:
            return True
        turn = tools.turn(tx)
        readers = [one for one in page.readers if one.wants(readers_topic(story.details.topic), tx.now)]
        for platform in dict.fromkeys(reader.chat.platform for reader in readers):
            first, *rest = await published_pieces(turn, story, platform)
            buttons = _reader_buttons(turn, story, platform, 1 if rest or story.details.photos else None)
            for reader in readers:
                if reader.chat.platform == platform:
                    await turn.show(reader.chat, first, buttons=buttons, silent=False, urgent=False)
        await tx.broadcasts.advance(broadcast, page.last, len(page.readers))
        return False


def _reader_buttons(turn: Turn, story: Story, platform: str, further: int | None) -> tuple[tuple[Button, ...], ...]:
    """ "Read on", when there is more, and "leave": one tap from any message."""
    language = Language(story.language)
    leave = Choice(label=turn.words(platform, language, msg("button-leave")).text, token=calling("leave"))
    if further is None:
        return ((leave,),)
    on = Choice(label=turn.words(platform, language, msg("button-read-on")).text, token=reading_on(story.id, further))
    return ((on,), (leave,))


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
