"""What an author's word on a text does. It counts for the version that was read, and for no other."""

from __future__ import annotations

import msgspec

from bot.flows.turn import Turn
from handlers.contributors.own import own_in_turn
from handlers.contributors.receipts.pasted import spoil_pasted
from handlers.contributors.waiting import proposal
from handlers.editors.card import show_card
from handlers.progress import note_progress
from storage.ids import StoryId, VersionNumber
from storage.private import Private
from storage.story import OPEN, Status, Story


class Agree(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    version: VersionNumber


class Decline(msgspec.Struct, frozen=True, kw_only=True):
    """What is published stays as it is."""

    story: StoryId
    version: VersionNumber


class AskForChanges(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    wish: Private[str]


async def agree(turn: Turn, effect: Agree) -> None:
    story = await own_in_turn(turn, effect.story, lambda story: _proposes(story, effect.version))
    details = msgspec.structs.replace(story.details, agreed=effect.version)
    correction = details.correction
    if correction is None:
        await note_progress(turn, await turn.tx.stories.move(story, Status.AGREED, details))
        return
    details = msgspec.structs.replace(details, correction=msgspec.structs.replace(correction, agreed=True))
    await show_card(turn, await turn.tx.stories.amend(story, details))


async def decline(turn: Turn, effect: Decline) -> None:
    story = await own_in_turn(turn, effect.story, lambda story: _proposes(story, effect.version))
    await show_card(turn, await turn.tx.stories.drop_correction(story))


async def ask_for_changes(turn: Turn, effect: AskForChanges) -> None:
    """The wish stands among the questions and answers, where editors look: it is their turn."""
    story = await own_in_turn(turn, effect.story, may_wish)
    await turn.tx.questions.note(story, effect.wish)
    await spoil_pasted(turn, effect.wish)
    correction = story.details.correction
    if story.status in OPEN and story.status is not Status.SUBMITTED:
        await note_progress(turn, await turn.tx.stories.move(story, Status.SUBMITTED))
        return
    if correction is not None:
        details = msgspec.structs.replace(
            story.details, correction=msgspec.structs.replace(correction, wished_otherwise=True)
        )
        story = await turn.tx.stories.amend(story, details)
    await show_card(turn, story)


def may_wish(story: Story) -> bool:
    """Also when editors have gone on editing in the meantime: a wish is not lost on the way."""
    return story.status in OPEN or story.status is Status.PUBLISHED


def _proposes(story: Story, version: VersionNumber) -> bool:
    proposed = proposal(story)
    return proposed is not None and proposed.version == version
