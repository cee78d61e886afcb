"""A cold story at an editor's desk: how it stands, and nothing that needs its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.flows.flow import Reads, Words
from bot.texts.fluent import msg
from handlers.deadlines import kept_until
from handlers.editors.card import status_message
from handlers.editors.opened import Desk
from handlers.editors.sight import seen
from handlers.editors.view import View, load_desk
from storage.story import Story


@dataclass(frozen=True, kw_only=True)
class ColdView:
    story: Story
    since: date


async def load_front(reads: Reads, draft: Desk) -> View | ColdView | None:
    """What the desk itself shows; all its other steps need the text."""
    found = await seen(reads.tx, reads.who, draft.story)
    if found is not None and found[0].details.cold is not None:
        return ColdView(story=found[0], since=found[0].details.cold.since)
    return await load_desk(reads, draft)


def described_cold(view: ColdView) -> tuple[Words, ...]:
    story = view.story
    return (
        msg("card-title", alias=story.details.alias),
        status_message(story, 0),
        msg("desk-cold", since=view.since),
        msg("desk-cold-how"),
        msg("desk-cold-until", until=kept_until(story)),
    )
