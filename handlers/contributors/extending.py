"""An author puts the day off on which their story is deleted."""

from __future__ import annotations

import msgspec

from bot.flows.turn import Turn
from handlers.contributors.own import own_in_turn
from handlers.deadlines import extended, may_be_extended
from handlers.progress import note_progress
from storage.ids import StoryId


class Extend(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId


async def extend(turn: Turn, effect: Extend) -> None:
    story = await own_in_turn(turn, effect.story, may_be_extended)
    await note_progress(turn, await turn.tx.stories.amend(story, extended(story).details))
