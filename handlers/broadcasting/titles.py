"""What a broadcast is called in the editors' rooms, and in which of them it is spoken of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.flows.flow import Words
from bot.texts.fluent import msg
from storage.broadcast import Broadcast
from storage.errors import VaultError
from storage.ids import LetterId, StoryId
from storage.store import Transaction

STORY, LETTER = "story", "letter"
CORRECTION, RETRACTION = "correction", "retraction"
LETTER_CORRECTION, LETTER_RETRACTION = "letter_corrected", "letter_retracted"
"""Kinds of broadcasts; their subject is the id of the story or newsletter."""
WITHDRAWALS = frozenset({RETRACTION, LETTER_RETRACTION})
_SAID_AS = {LETTER_CORRECTION: CORRECTION, LETTER_RETRACTION: RETRACTION}


@dataclass(frozen=True, kw_only=True)
class Title:
    words: Words
    origin: str | None = None
    """only for editors who see what came by this platform; None: for all"""


async def _of_story(tx: Transaction, broadcast: Broadcast) -> Title | None:
    try:
        story = await tx.stories.get(StoryId(broadcast.subject))
    except VaultError:
        return None
    if story is None:
        return None
    return Title(words=msg(f"broadcast-of-{broadcast.kind}", alias=story.details.alias), origin=story.details.origin)


async def _of_retraction(tx: Transaction, broadcast: Broadcast) -> Title | None:
    """It goes on, and must be steered, when its author has destroyed the story already."""
    return await _of_story(tx, broadcast) or Title(words=msg("broadcast-of-destroyed"))


async def _of_letter(tx: Transaction, broadcast: Broadcast) -> Title | None:
    try:
        letter = await tx.letters.find(LetterId(broadcast.subject))
    except VaultError:
        return None
    if letter is None:
        return None
    words = msg("broadcast-of-letter", kind=said_as(broadcast.kind), title=letter.details.title)
    return Title(words=words, origin=letter.details.origin)


_TITLES: Mapping[str, Callable[[Transaction, Broadcast], Awaitable[Title | None]]] = {
    STORY: _of_story,
    CORRECTION: _of_story,
    RETRACTION: _of_retraction,
    LETTER: _of_letter,
    LETTER_CORRECTION: _of_letter,
    LETTER_RETRACTION: _of_letter,
}


def said_as(kind: str) -> str:
    """The kind in whose words it is spoken of: a newsletter's copies go like those of a story."""
    return _SAID_AS.get(kind, kind)


async def title_of(tx: Transaction, broadcast: Broadcast) -> Title | None:
    """None when it is about something that is no more, or of a kind that nobody is told of."""
    titled = _TITLES.get(broadcast.kind)
    return None if titled is None else await titled(tx, broadcast)
