"""What an author's word on a text does. It counts for the version that was read, and for no other.

What was announced by the step itself raises Conflict when the story has moved on meanwhile: the turn runs anew.
"""

from __future__ import annotations

import msgspec

from bot.flows.turn import Turn
from handlers.contributors.own import own_in_turn
from handlers.contributors.waiting import proposal
from handlers.editors.card import show_card
from handlers.progress import note_progress
from storage.errors import Conflict
from storage.ids import StoryId
from storage.private import Private
from storage.story import OPEN, Status


class Agree(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    version: int


class Decline(msgspec.Struct, frozen=True, kw_only=True):
    """What is published stays as it is."""

    story: StoryId
    version: int


class AskForChanges(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    wish: Private[str]


async def agree(turn: Turn, effect: Agree) -> None:
    story = await own_in_turn(turn, effect.story)
    proposed = proposal(story) if story is not None else None
    if story is None or proposed is None or proposed.version != effect.version:
        raise Conflict("The story has moved on in the same moment.")
    details = msgspec.structs.replace(story.details, agreed=proposed.version)
    correction = details.correction
    if correction is None:
        await note_progress(turn, await turn.tx.stories.move(story, Status.AGREED, details))
        return
    details = msgspec.structs.replace(details, correction=msgspec.structs.replace(correction, agreed=True))
    await show_card(turn, await turn.tx.stories.amend(story, details))


async def decline(turn: Turn, effect: Decline) -> None:
    story = await own_in_turn(turn, effect.story)
    proposed = proposal(story) if story is not None else None
    if story is None or proposed is None or not proposed.corrects or proposed.version != effect.version:
        raise Conflict("The story has moved on in the same moment.")
    await show_card(turn, await turn.tx.stories.drop_correction(story))


async def ask_for_changes(turn: Turn, effect: AskForChanges) -> None:
    """The wish stands among the questions and answers, where editors look."""
    story = await own_in_turn(turn, effect.story)
    if story is None or not (story.status in OPEN or story.status is Status.PUBLISHED):
        raise Conflict("The story has moved on in the same moment.")
    await turn.tx.questions.note(story, effect.wish)
    if story.status in OPEN and story.status is not Status.SUBMITTED:
        await note_progress(turn, await turn.tx.stories.move(story, Status.SUBMITTED))
    else:
        await show_card(turn, story)
