"""A reminder before a story is deleted: for an author who has asked for one, and for nobody else."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

import msgspec

from bot.flows.turn import Turn
from bot.texts.fluent import msg
from handlers.contributors.own import own_in_turn
from handlers.deadlines import kept_until
from handlers.notices import tell_author
from handlers.policy import REMINDED_BEFORE_DAYS
from storage.clock import DAY, coarse
from storage.ids import StoryId
from storage.story import OPEN, Story

REMIND = "remind"
"""The timer; its subject is the story's id."""


class SetReminder(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    wanted: bool


async def set_reminder(turn: Turn, effect: SetReminder) -> None:
    story = await own_in_turn(turn, effect.story, may_be_reminded)
    details = msgspec.structs.replace(story.details, reminds=effect.wanted)
    await order_reminder(turn, await turn.tx.stories.amend(story, details))


def may_be_reminded(story: Story) -> bool:
    return story.status in OPEN


async def order_reminder(turn: Turn, story: Story) -> None:
    """Called whenever the wish, or the day of deletion, has changed. At a random time of its day: it tells nothing."""
    day = kept_until(story) - timedelta(days=REMINDED_BEFORE_DAYS)
    if story.details.reminds and may_be_reminded(story) and day > turn.tx.work.today:
        midnight = int(datetime.combine(day, datetime.min.time(), UTC).timestamp())
        await turn.tx.timers.set(REMIND, story.id, coarse(midnight + secrets.randbelow(DAY // 2)))
    else:
        await turn.tx.timers.cancel(REMIND, story.id)


async def remind(turn: Turn, subject: bytes) -> None:
    story = await turn.tx.stories.find(StoryId(subject))
    if story is not None and may_be_reminded(story):
        label = msg("notice-remind-open")
        await tell_author(turn, story, msg("notice-remind"), command="mine", label=label, was_asked_for=True)
