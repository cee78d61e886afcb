"""A cold story at an editor's desk: how it stands, and what needs none of its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.flows.flow import Answer, Go, Outcome, Picked, Reads, Stay, Words
from bot.flows.questions import BACK, otherwise
from bot.texts.fluent import msg
from handlers.deadlines import kept_until
from handlers.editors.card import status_message
from handlers.editors.opened import Desk
from handlers.editors.roles import Deed, may
from handlers.editors.sight import seen
from handlers.editors.view import View, load_desk
from storage.story import PairKind, Story


@dataclass(frozen=True, kw_only=True)
class ColdView:
    story: Story
    since: date
    may_export: bool
    """this editor, with another one"""


async def load_front(reads: Reads, draft: Desk) -> View | ColdView | None:
    """What the desk itself shows; nearly all its other steps need the text."""
    found = await seen(reads.tx, reads.who, draft.story)
    cold = None if found is None else found[0].details.cold
    if found is None or cold is None:
        return await load_desk(reads, draft)
    story, editor = found
    return ColdView(story=story, since=cold.since, may_export=may(editor.role, Deed.PAIR))


def described_cold(view: ColdView) -> tuple[Words, ...]:
    story = view.story
    return (
        msg("card-title", alias=story.details.alias),
        status_message(story, 0),
        msg("desk-cold", since=view.since),
        msg("desk-cold-how"),
        msg("desk-cold-until", until=kept_until(story)),
    )


def offers_when_cold(view: ColdView) -> list[tuple[str, Words]]:
    return [(PairKind.EXPORT.value, msg("desk-export"))] if view.may_export else []


def answer_cold(draft: Desk, view: ColdView, answer: Answer) -> Outcome:
    match answer:
        case Picked(value) if value in {offer for offer, _ in offers_when_cold(view)}:
            return Go(value, draft)
        case Picked(value) if value == BACK:
            return otherwise(answer)
    return Stay()  # it went cold under the editor's eyes
