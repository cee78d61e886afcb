"""A story taken back: before it is published it is destroyed here, with its files and the way to its author."""

from __future__ import annotations

import msgspec

from bot.flows.turn import Turn
from handlers.contributors.own import own_in_turn
from handlers.editors.card import drop_card
from storage.ids import StoryId
from storage.stories import OPEN, Status, Story


class Withdraw(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId


class DeleteEverything(msgspec.Struct, frozen=True, kw_only=True):
    """All that is kept about the person whose turn it is."""


async def withdraw(turn: Turn, effect: Withdraw) -> None:
    story = await own_in_turn(turn, effect.story)
    if story is not None and story.status in OPEN:
        await destroy(turn, story)
        await turn.tx.contributors.drop_story(turn.person.person, story.id)


async def destroy(turn: Turn, story: Story) -> None:
    """Keys first, then rows, files and card."""
    await turn.tx.blobs.shred(story.details.photos)
    await drop_card(turn, story)
    await turn.tx.stories.shred(story)


async def delete_everything(turn: Turn, _effect: DeleteEverything) -> None:
    """Published stories stay published, without a way to their author; everything else goes."""
    who = turn.person
    for story_id in await turn.tx.contributors.stories(who.person):
        story = await turn.tx.stories.get(story_id)
        if story is None:
            continue
        if story.status is Status.PUBLISHED:
            await turn.tx.stories.drop_route(story.id)
        else:
            await destroy(turn, story)
    await turn.tx.contributors.forget(who.person)
    await turn.tx.subscribers.leave(who.person)
    await turn.wipe(who.chat)
