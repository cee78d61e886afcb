"""Corrections of what readers have. One editor writes, another confirms; where the meaning changes, the author agrees
in between. Until then readers keep what they have. Effects raise Conflict when the story has moved on meanwhile.
"""

from __future__ import annotations

import msgspec

from bot.flows.turn import Turn
from bot.texts.fluent import msg
from handlers.editors.sight import visible_in_turn
from handlers.notices import tell_author
from handlers.progress import note_progress
from handlers.publication.channels import correct
from handlers.publication.copies import correct_copies
from handlers.publication.sources import forget_again, forget_now
from storage.errors import Conflict
from storage.ids import StoryId
from storage.private import Private
from storage.store import Transaction
from storage.story import Contact, Correction, Status, Story


class Propose(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    base: int
    """the version that readers had when it was written"""
    text: Private[str]
    meaning: bool


class Confirm(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    version: int


class Drop(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    version: int


async def can_ask(tx: Transaction, story: Story) -> bool:
    """Whether its author can still be asked about another meaning."""
    return story.details.contact is not Contact.NEVER and await tx.stories.routes.find(story.id) is not None


def may_confirm(correction: Correction) -> bool:
    return correction.agreed or not correction.meaning


async def propose(turn: Turn, effect: Propose) -> None:
    story, editor = await visible_in_turn(turn, effect.story, _is_published)
    if story.details.published != effect.base:
        raise Conflict("Readers have another version by now.")
    if effect.meaning and not await can_ask(turn.tx, story):
        raise Conflict("Its author can't be asked any more.")
    story = await turn.tx.stories.correct(story, effect.text, meaning=effect.meaning, editor=editor.id)
    if effect.meaning:
        await tell_author(turn, story, msg("notice-correction"), command="consent", label=msg("notice-correction-open"))
    await forget_again(turn, story)
    await note_progress(turn, story)


async def confirm(turn: Turn, effect: Confirm) -> None:
    story, editor = await visible_in_turn(turn, effect.story, _is_published)
    correction = _awaited(story, effect.version)
    if editor.id == correction.editor or not may_confirm(correction):
        raise Conflict("It can't be confirmed.")
    version = correction.version
    details = msgspec.structs.replace(story.details, published=version, offered=version, correction=None)
    story = await turn.tx.stories.amend(story, details)
    posts = await correct(turn, story)
    story = await turn.tx.stories.amend(story, msgspec.structs.replace(story.details, posts=posts))
    await correct_copies(turn, story)
    if await turn.tx.stories.routes.find(story.id) is None:  # the rest of it has gone already: so does the old text
        await forget_now(turn, story)
    else:
        await note_progress(turn, story)


async def drop(turn: Turn, effect: Drop) -> None:
    story, _ = await visible_in_turn(turn, effect.story, _is_published)
    _awaited(story, effect.version)
    await note_progress(turn, await turn.tx.stories.drop_correction(story))


def _is_published(story: Story) -> bool:
    return story.status is Status.PUBLISHED


def _awaited(story: Story, version: int) -> Correction:
    correction = story.details.correction
    if correction is None or correction.version != version:
        raise Conflict("That correction is not waited for any more.")
    return correction
