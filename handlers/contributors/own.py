"""A contributor's own stories: only those that this account has told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from bot.flows.flow import Reads
from bot.flows.turn import Turn
from storage.errors import Conflict
from storage.ids import StoryId
from storage.story import Story


class AboutAStory(Protocol):
    """A draft that names a story: of whatever flow, its steps may lead here."""

    @property
    def story(self) -> StoryId: ...


def story_id(argument: str) -> StoryId:
    """What a button carries; nonsense becomes an id that no story has."""
    try:
        return StoryId(bytes.fromhex(argument))
    except ValueError:
        return StoryId(b"")


async def own_story(reads: Reads, story: StoryId) -> Story | None:
    """None when there is no such story, or it is somebody else's: the same answer for both."""
    if story not in await reads.tx.contributors.stories(reads.who.person):
        return None
    return await reads.tx.stories.find(story)


async def own_in_turn(turn: Turn, story_id: StoryId, may: Callable[[Story], bool]) -> Story:
    """The same for effects: what a decision names is looked up again before it is carried out.

    Raises Conflict when it can't be carried out any more: the turn runs anew and tells the truth.
    """
    story = await own_story(Reads(tx=turn.tx, who=turn.person), story_id)
    if story is None or not may(story):
        raise Conflict("The story has moved on in the same moment.")
    return story


async def own_stories(reads: Reads) -> list[Story]:
    """In the order in which they were told."""
    found = [await reads.tx.stories.find(story) for story in await reads.tx.contributors.stories(reads.who.person)]
    return [story for story in found if story is not None]
