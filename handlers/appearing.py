"""A story comes before the editors hours after it was sent, at a random second.

Whoever reads the editors' room, and learns elsewhere when somebody was online, must not be able to put the two
together. So until its second has come a story does not exist for editors: it has no card (`editors/card.py`), they
can't see it in the queue, the figures or by a link (`editors/sight.py`), and the trail says nothing of it
(`auditing.py`). Who takes it back before that leaves nothing behind. On the local page nobody waits.
"""

from __future__ import annotations

import secrets

import msgspec

from bot.flows.turn import Turn
from handlers import policy
from handlers.auditing import Action, note
from handlers.cooling import rest
from handlers.editors.digest import is_one_of_many
from handlers.progress import note_progress
from handlers.retention import set_retirement
from storage.audit_chain import Actor
from storage.ids import StoryId
from storage.story import Story

APPEAR = "appear"
"""The timer; its subject is the story's id."""


def appearance(turn: Turn) -> int | None:
    """Of a story that is sent in this turn; None: at once."""
    if turn.rooms.demo:
        return None
    span = policy.CARD_UNTIL_SECONDS - policy.CARD_FROM_SECONDS
    return turn.tx.now + policy.CARD_FROM_SECONDS + secrets.randbelow(span + 1)


async def expect(turn: Turn, story: Story) -> None:
    """Of a new story: it appears when its time has come."""
    if story.details.appears is None:
        await _present(turn, story)
    else:
        await turn.tx.timers.set(APPEAR, story.id, story.details.appears)
        await set_retirement(turn, story)


async def appear(turn: Turn, subject: bytes) -> None:
    """Now; or, when the service was off at its time, within the next hour."""
    story, now = await turn.tx.stories.get(StoryId(subject)), turn.tx.now
    if story is None or story.details.appears is None:
        return
    if now - story.details.appears > policy.CARD_LATE_SECONDS:
        again = now + secrets.randbelow(policy.CARD_SPREAD_SECONDS)
        await turn.tx.stories.amend(story, msgspec.structs.replace(story.details, appears=again))
        await turn.tx.timers.set(APPEAR, story.id, again)
        return
    await _present(turn, await turn.tx.stories.amend(story, msgspec.structs.replace(story.details, appears=None)))


async def _present(turn: Turn, story: Story) -> None:
    await note(turn, Action.SUBMITTED, story, actor=Actor.AUTHOR)
    if await is_one_of_many(turn, story):
        story = await turn.tx.stories.amend(story, msgspec.structs.replace(story.details, is_one_of_many=True))
    await note_progress(turn, story)
    await rest(turn.tx, story.id)
