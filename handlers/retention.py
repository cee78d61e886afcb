"""How long a story is kept in each status (threat model, 7), and what happens when that time is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.flows.turn import Turn
from handlers.editors.card import drop_card
from storage.ids import StoryId
from storage.story import Status, Story

RETIRE = "retire"
KEPT_DAYS = {Status.SUBMITTED: 60, Status.CONSENT: 30, Status.AGREED: 60, Status.REJECTED: 7}
"""Days since the last change of status. A published story is public; its source material follows a later rule."""


def kept_until(story: Story) -> date:
    return story.since + timedelta(days=KEPT_DAYS.get(story.status, 0))


async def set_retirement(turn: Turn, story: Story) -> None:
    """Called whenever the status has changed."""
    if story.status not in KEPT_DAYS:
        await turn.tx.timers.cancel(RETIRE, story.id)
        return
    midnight = datetime.combine(kept_until(story), datetime.min.time(), UTC)
    await turn.tx.timers.set(RETIRE, story.id, int(midnight.timestamp()))


async def destroy(turn: Turn, story: Story) -> None:
    """Keys first, then rows, files, the card and the timer."""
    await turn.tx.blobs.shred([one.blob for one in story.details.attachments])
    await drop_card(turn, story)
    await turn.tx.stories.shred(story)
    await turn.tx.timers.cancel(RETIRE, story.id)


async def retire(turn: Turn, subject: bytes) -> None:
    """The day has come: unless the story has moved on, it is destroyed."""
    story = await turn.tx.stories.get(StoryId(subject))
    if story is None or story.status not in KEPT_DAYS:
        return
    if (kept_until(story) - turn.tx.work.today).days > 0:
        await set_retirement(turn, story)
    else:
        await destroy(turn, story)
