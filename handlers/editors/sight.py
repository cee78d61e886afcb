"""Which stories an editor may see, at this moment and where they are: every look at one, and every decision on one,
begins here.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.flows.flow import Who
from bot.flows.turn import Turn
from storage.editors import Editor
from storage.errors import Conflict
from storage.ids import StoryId
from storage.store import Transaction
from storage.story import Story


def may_see(who: Who, story: Story) -> bool:
    """Whether this is an editor in whose room the story's card stands (`Rooms.origins`)."""
    return who.editor is not None and story.details.origin in who.origins and story.details.is_shown


async def visible(tx: Transaction, who: Who, story_id: StoryId) -> tuple[Story, Editor] | None:
    """The story and who looks at it; None when it is gone, not for them, or cold: the same answer for all."""
    found = await seen(tx, who, story_id)
    return None if found is None or found[0].details.cold is not None else found


async def seen(tx: Transaction, who: Who, story_id: StoryId) -> tuple[Story, Editor] | None:
    """A cold one too, which has no text here."""
    story = await tx.stories.get(story_id)
    if story is None or who.editor is None or not may_see(who, story):
        return None
    return story, who.editor


async def visible_in_turn(turn: Turn, story_id: StoryId, may: Callable[[Story], bool]) -> tuple[Story, Editor]:
    """The same for effects. Raises Conflict when it can't be carried out any more: the turn runs anew."""
    return await seen_in_turn(turn, story_id, lambda story: story.details.cold is None and may(story))


async def seen_in_turn(turn: Turn, story_id: StoryId, may: Callable[[Story], bool]) -> tuple[Story, Editor]:
    """A cold one too. Raises Conflict."""
    found = await seen(turn.tx, turn.person, story_id)
    if found is None or not may(found[0]):
        raise Conflict("The story has moved on in the same moment.")
    return found
