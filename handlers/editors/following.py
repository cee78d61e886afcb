"""What an author does after sending reaches the editors' room minutes later, at a random second.

A card that changed, or went, in the very second would tell everybody who keeps the room's times when its author was
online. Only the room waits: what an editor opens is always the truth, for a decision counts for what was read.
"""

from __future__ import annotations

import secrets

from bot.flows.turn import Turn
from handlers import policy
from storage.ids import ID_BYTES, AnchorId, StoryId
from storage.story import Story

FOLLOW = "follow"
"""The timer of a card that is to change; its subject is the story's id."""
FOLLOW_AT_LAST = "follow-at-last"
"""The same, which its author can't put off: else who goes on and on would keep the room from ever hearing of it."""
DROP = "drop-card"
"""The timer of a card whose story is gone; its subject is the card's anchor, and the story's origin."""


def is_authors(turn: Turn) -> bool:
    """Whether its author has done it, and not an editor, a timer, or somebody on the local page."""
    return turn.who is not None and turn.who.editor is None and not turn.rooms.demo


async def follow(turn: Turn, story: Story) -> None:
    """Whatever its author does until then is shown with it; what they do next puts it off, for an hour at most."""
    await turn.tx.timers.set(FOLLOW, story.id, _soon(turn))
    half = policy.FOLLOWED_AT_LAST_SECONDS // 2
    await turn.tx.timers.begin(FOLLOW_AT_LAST, story.id, turn.tx.now + half + secrets.randbelow(half + 1))


async def has_followed(turn: Turn, story: StoryId) -> None:
    for kind in (FOLLOW, FOLLOW_AT_LAST):
        await turn.tx.timers.cancel(kind, story)


async def drop_later(turn: Turn, story: Story) -> None:
    await turn.tx.timers.set(DROP, story.details.card + story.details.origin.encode(), _soon(turn))


async def drop_now(turn: Turn, subject: bytes) -> None:
    room = turn.rooms.room_for(subject[ID_BYTES:].decode())
    if room is not None:
        await turn.erase(room, AnchorId(subject[:ID_BYTES]))


def _soon(turn: Turn) -> int:
    span = policy.FOLLOWED_UNTIL_SECONDS - policy.FOLLOWED_FROM_SECONDS
    return turn.tx.now + policy.FOLLOWED_FROM_SECONDS + secrets.randbelow(span + 1)
