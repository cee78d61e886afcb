"""A story whose author wants no letters: they agreed to cuts when sending it, so its text goes to approval as it is.

Nothing else may have been changed in it: what the author never read in any form is not theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.flows.flow import Answer, Go, Outcome, Picked, Prompt, Reads, Step
from bot.flows.questions import BACK, back_row, otherwise, rows
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from handlers.editors.decisions import SaveVersion, standing
from handlers.editors.moment import moment
from handlers.editors.opened import Desk
from handlers.editors.reading import nothing_here
from handlers.editors.sight import visible
from handlers.manuscript.cuts import only_cut
from handlers.progress import note_progress
from storage.errors import Conflict
from storage.ids import StoryId, VersionNumber
from storage.private import Private
from storage.store import Transaction
from storage.story import Contact, Status, Story

_FIRST = VersionNumber(1)
"""The author's own text."""


class Accept(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    version: int


async def accept(turn: Turn, effect: Accept) -> None:
    story, _ = await standing(turn, effect.story)
    if not _waits(story) or story.details.latest != effect.version or not await _is_own(turn.tx, story):
        raise Conflict("The story changed in the same moment.")
    details = msgspec.structs.replace(story.details, offered=story.details.latest)
    await note_progress(turn, await turn.tx.stories.move(story, Status.AGREED, details))


def _waits(story: Story) -> bool:
    return story.status is Status.SUBMITTED and story.details.contact is Contact.NEVER


async def _is_own(tx: Transaction, story: Story) -> bool:
    return only_cut(await tx.stories.text(story, _FIRST), await tx.stories.text(story))


@dataclass(frozen=True, kw_only=True)
class Accepting:
    story: Story
    waits: bool
    is_own: bool
    own: Private[str]


async def _load(reads: Reads, draft: Desk) -> Accepting | None:
    found = await visible(reads.tx, reads.who, draft.story)
    if found is None:
        return None
    story, _ = found
    waits = _waits(story)
    return Accepting(
        story=story,
        waits=waits,
        is_own=waits and await _is_own(reads.tx, story),
        own=await reads.tx.stories.text(story, _FIRST) if waits else Private(""),
    )


def _ask(_draft: Desk, view: Accepting | None) -> Prompt:
    if view is None:
        return nothing_here()
    if not view.waits:
        return Prompt(text=(msg("desk-is-decided"),), choices=back_row())
    latest = view.story.details.latest
    if not view.is_own:
        return Prompt(
            text=(msg("accept-not-own"),),
            choices=rows((f"own-{latest}", msg("accept-own")), (BACK, msg("button-back"))),
        )
    return Prompt(
        text=(msg("accept-how"),),
        choices=rows((f"accept-{latest}", msg("accept-yes")), (BACK, msg("button-back"))),
    )


def _answer(draft: Desk, view: Accepting | None, answer: Answer) -> Outcome:
    if view is None:
        return otherwise(answer)
    latest = view.story.details.latest
    match answer:
        case Picked(value) if value == f"accept-{latest}" and view.is_own:
            return Go("desk", draft, notice=msg("accepted"), effects=(Accept(story=draft.story, version=latest),))
        case Picked(value) if value == f"own-{latest}" and view.waits and not view.is_own:
            effect = SaveVersion(story=draft.story, moment=moment(view.story, 0), text=view.own)
            return Go("accept", draft, notice=msg("accept-own-taken"), effects=(effect,))
        case Picked(value) if value != BACK:
            return Go("desk", draft, notice=msg("desk-has-changed"))
    return otherwise(answer)


ACCEPTING: Step[Desk, Accepting | None] = Step(name="accept", load=_load, ask=_ask, answer=_answer)
