"""What a published story was made of is kept for corrections, and then goes: recordings, old versions, questions,
notes, the way to its author. What readers have stays. A story that was withdrawn from readers goes as a whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.flows.turn import Turn
from handlers.editors.card import show_card
from handlers.policy import SOURCE_DAYS
from handlers.retention import destroy
from storage.clock import DAY, coarse
from storage.ids import StoryId
from storage.story import Status, Story

SOURCES = "sources"
"""The timer; its subject is the story's id."""


async def set_source_timer(turn: Turn, story: Story) -> None:
    """Called when a story was published, and when it was withdrawn."""
    last = datetime.combine(story.since + timedelta(days=SOURCE_DAYS), datetime.min.time(), UTC)
    await turn.tx.timers.set(SOURCES, story.id, int(last.timestamp()))


async def forget_again(turn: Turn, story: Story) -> None:
    """Called when something was added to a published story: what comes after its sources have gone goes as well."""
    if story.status is Status.PUBLISHED and (turn.tx.work.today - story.since).days >= SOURCE_DAYS:
        await turn.tx.timers.set(SOURCES, story.id, coarse(turn.tx.now + SOURCE_DAYS * DAY))


async def forget_sources(turn: Turn, subject: bytes) -> None:
    story = await turn.tx.stories.get(StoryId(subject))
    if story is None or story.status not in (Status.PUBLISHED, Status.RETRACTED):
        return
    if (turn.tx.work.today - story.since).days < SOURCE_DAYS:
        await set_source_timer(turn, story)
    elif story.status is Status.RETRACTED:
        await destroy(turn, story)
    else:
        await forget_now(turn, story)


async def forget_now(turn: Turn, story: Story) -> None:
    """Also before its day, when its author wants nothing to be kept."""
    await turn.tx.timers.cancel(SOURCES, story.id)
    await turn.tx.blobs.shred([recording.blob for recording in story.details.recordings])
    await show_card(turn, await turn.tx.stories.forget_sources(story))
