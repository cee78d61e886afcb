"""From the second approval to the moment of publication: when a story comes out, and who may change that.

Effects raise Conflict when the story has moved on since their step looked at it: the turn then runs anew.
"""

from __future__ import annotations

import msgspec

from bot.flows.turn import Turn
from handlers.editors.sight import visible_in_turn
from handlers.policy import DEMO_RELEASE_SECONDS
from handlers.progress import note_progress
from handlers.publication.coming_out import come_out
from handlers.publication.times import PUBLISH, may_come_out, random_second
from storage.errors import Conflict
from storage.ids import StoryId
from storage.story import Status, Story


class Reschedule(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    slot: str = ""
    """one of `times.SLOTS`; empty: `second`"""
    second: int = 0


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """It does not come out; it waits for two approvals again."""

    story: StoryId


class Urge(msgspec.Struct, frozen=True, kw_only=True):
    """An editor insists that it comes out today."""

    story: StoryId
    version: int
    """the one that the editor had before their eyes"""
    enough: bool
    """what the editor was told: that it comes out with this, or that another is still needed"""


async def schedule(turn: Turn, story: Story) -> Story:
    """On the second approval. It comes out by itself on another day; on the local page after some seconds."""
    now = turn.tx.now
    second = now + DEMO_RELEASE_SECONDS if turn.rooms.demo else random_second(now, "day")
    details = msgspec.structs.replace(story.details, goes_out=second, urges=None)
    story = await turn.tx.stories.move(story, Status.SCHEDULED, details)
    await turn.tx.timers.set(PUBLISH, story.id, second)
    return story


async def reschedule(turn: Turn, effect: Reschedule) -> None:
    story, _ = await visible_in_turn(turn, effect.story, _is_scheduled)
    second = random_second(turn.tx.now, effect.slot) if effect.slot else effect.second
    if not may_come_out(second, turn.tx.now):
        raise Conflict("Meanwhile that day has begun.")
    details = msgspec.structs.replace(story.details, goes_out=second, urges=None)
    story = await turn.tx.stories.amend(story, details)
    await turn.tx.timers.set(PUBLISH, story.id, second)
    await note_progress(turn, story)


async def stop(turn: Turn, effect: Stop) -> None:
    story, _ = await visible_in_turn(turn, effect.story, _is_scheduled)
    await note_progress(turn, await turn.tx.stories.unschedule(story))


async def urge(turn: Turn, effect: Urge) -> None:
    """The second editor who insists brings it out."""
    story, editor = await visible_in_turn(turn, effect.story, _is_scheduled)
    if story.details.offered != effect.version:
        raise Conflict("There is another version by now.")
    enough = story.details.urges not in (None, editor.id)
    if enough != effect.enough:
        raise Conflict("Another editor has insisted in the same moment.")
    if not enough:
        details = msgspec.structs.replace(story.details, urges=editor.id)
        await note_progress(turn, await turn.tx.stories.amend(story, details))
    else:
        await come_out(turn, story)


def _is_scheduled(story: Story) -> bool:
    return story.status is Status.SCHEDULED


async def publish_due(turn: Turn, subject: bytes) -> None:
    """Its time has come, unless editors or its author have decided otherwise."""
    story = await turn.tx.stories.get(StoryId(subject))
    if story is None or story.status is not Status.SCHEDULED or story.details.goes_out is None:
        return
    if story.details.goes_out > turn.tx.now:
        await turn.tx.timers.set(PUBLISH, story.id, story.details.goes_out)
    else:
        await come_out(turn, story)
