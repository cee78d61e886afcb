"""A story has moved on: its card tells the truth again, and its time runs anew."""

from __future__ import annotations

from bot.flows.turn import Turn
from handlers.editors.card import show_card
from handlers.publication.times import PUBLISH
from handlers.retention import set_retirement
from storage.story import Status, Story


async def note_progress(turn: Turn, story: Story) -> None:
    await show_card(turn, story)
    await set_retirement(turn, story)
    if story.status is not Status.SCHEDULED:
        await turn.tx.timers.cancel(PUBLISH, story.id)
