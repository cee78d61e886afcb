"""The story that an editor's effect is about, as it stands in the turn's transaction."""

from __future__ import annotations

from bot.flows.turn import Turn
from storage.errors import Conflict
from storage.ids import StoryId
from storage.story import Status, Story


async def story_in(turn: Turn, story_id: StoryId, status: Status) -> Story:
    """Raises Conflict when it has left this status, or is none of this editor's."""
    story, who = await turn.tx.stories.get(story_id), turn.person
    if story is None or who.editor is None or story.details.origin not in who.origins or story.status is not status:
        raise Conflict("The story has moved on in the same moment.")
    return story
