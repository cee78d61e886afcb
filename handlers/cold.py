"""The hour in which a resting story goes cold."""

from __future__ import annotations

from bot.flows.turn import Turn
from handlers.auditing import Action, note
from handlers.cooling import MAY_GO_COLD, is_worked_on, rest
from handlers.editors.card import show_card
from storage.ids import StoryId


async def go_cold(turn: Turn, subject: bytes) -> None:
    """Unless it is worked on: then it is looked at again after as long, or when something is done with it."""
    story = await turn.tx.stories.get(StoryId(subject))
    if story is None or not story.details.is_shown or story.details.cold is not None or turn.tx.work.newsroom is None:
        return
    if story.status not in MAY_GO_COLD:
        return
    if await is_worked_on(turn, story):
        await rest(turn.tx, story.id)
        return
    await note(turn, Action.WENT_COLD, story)
    await show_card(turn, await turn.tx.stories.go_cold(story))
