"""A published story taken back from its readers, as far as it can be: two editors want it, or one and its author."""

from __future__ import annotations

import msgspec

from bot.flows.turn import Turn
from bot.texts.fluent import msg
from handlers.editors.sight import visible_in_turn
from handlers.notices import tell_author
from handlers.progress import note_progress
from handlers.publication.channels import take_down
from handlers.publication.copies import take_back_copies
from handlers.publication.sources import set_source_timer
from storage.errors import Conflict
from storage.ids import EditorId, StoryId
from storage.story import Status, Story


class Retract(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    enough: bool
    """what the editor was told: that it is taken back with this, or that another must want it too"""


def is_enough(story: Story, editor: EditorId) -> bool:
    """Whether this editor's word takes it back; if not, it is the first of two."""
    return story.details.wishes_retraction or story.details.retracts not in (None, editor)


async def retract(turn: Turn, effect: Retract) -> None:
    """Raises Conflict when the story has moved on meanwhile: the turn then runs anew."""
    story, editor = await visible_in_turn(turn, effect.story, lambda story: story.status is Status.PUBLISHED)
    if is_enough(story, editor.id) != effect.enough:
        raise Conflict("Somebody else has said so in the same moment.")
    if not effect.enough:
        details = msgspec.structs.replace(story.details, retracts=editor.id)
        await note_progress(turn, await turn.tx.stories.amend(story, details))
        return
    await take_down(turn, story)
    story = await turn.tx.stories.move(story, Status.RETRACTED)
    await take_back_copies(turn, story)
    await set_source_timer(turn, story)
    await tell_author(turn, story, msg("notice-retracted"))
    await note_progress(turn, story)
