"""What happens when a story's time is over, and the warning before that. The days themselves are in `deadlines`."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.flows.turn import Turn
from handlers.auditing import Action, note
from handlers.contributors.reminding import order_reminder
from handlers.deadlines import KEPT_DAYS, is_overdue, kept_until, next_warning
from handlers.editors.card import drop_card, show_card
from handlers.upkeep import order_emptying
from storage.ids import StoryId
from storage.story import Story

RETIRE = "retire"
WARN = "warn"


async def set_retirement(turn: Turn, story: Story) -> None:
    """Called whenever the status, or the day of deletion, has changed."""
    if story.status not in KEPT_DAYS:
        await turn.tx.timers.cancel(RETIRE, story.id)
    else:
        await turn.tx.timers.set(RETIRE, story.id, _midnight(kept_until(story)))
        await turn.tx.stories.routes.keep(story.id, kept_until(story))
    await order_reminder(turn, story)
    warning = next_warning(story, turn.tx.work.today)
    if warning is None:
        await turn.tx.timers.cancel(WARN, story.id)
    else:
        await turn.tx.timers.set(WARN, story.id, _midnight(warning))


async def destroy(turn: Turn, story: Story) -> None:
    """Keys first, then rows, files, the card and the timers."""
    await note(turn, Action.DESTROYED, story)
    await turn.tx.blobs.shred([one.blob for one in story.details.attachments])
    await drop_card(turn, story)
    await turn.tx.stories.shred(story)
    await turn.tx.timers.cancel_all(story.id)
    await order_emptying(turn)


async def retire(turn: Turn, subject: bytes) -> None:
    """The day has come: unless the story has moved on, it is destroyed."""
    story = await turn.tx.stories.get(StoryId(subject))
    if story is None or story.status not in KEPT_DAYS:
        return
    if kept_until(story) > turn.tx.work.today:
        await set_retirement(turn, story)
    else:
        await destroy(turn, story)


async def warn(turn: Turn, subject: bytes) -> None:
    """The card says that nobody has decided, and stands below all others."""
    story = await turn.tx.stories.get(StoryId(subject))
    if story is None:
        return
    today = turn.tx.work.today
    if is_overdue(story, today):
        await show_card(turn, story, bottom=True)
    warning = next_warning(story, today)
    if warning is not None:
        await turn.tx.timers.set(WARN, story.id, _midnight(warning))


def _midnight(day: date) -> int:
    return int(datetime.combine(day, datetime.min.time(), UTC).timestamp())
