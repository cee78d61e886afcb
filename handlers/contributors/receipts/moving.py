"""A story moves to the account that has its words: after a day, in which the old account can say no.

Who says no shows that somebody else had the words: they lead nowhere from then on.
"""

from __future__ import annotations

import msgspec
from msgspec import structs

from bot.flows.flow import Outcome, Reads, Stay
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from handlers.auditing import Action, note
from handlers.contributors.own import own_in_turn, own_story, story_id
from handlers.contributors.reminding import order_reminder
from handlers.notices import tell_author
from handlers.policy import MOVE_SECONDS
from storage.clock import coarse
from storage.errors import Conflict
from storage.ids import StoryId

MOVE = "move"


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """To the account whose turn it is. Only the draft that a found receipt has made names the story."""

    story: StoryId


class CancelMove(msgspec.Struct, frozen=True, kw_only=True):
    """By the account that it would leave."""

    story: StoryId


async def may_be_moved(reads: Reads, story: StoryId) -> bool:
    """While there is a way to its author, which then leads elsewhere; and to one account at a time."""
    if story in await reads.tx.contributors.stories(reads.who.person):
        return False
    routes = reads.tx.stories.routes
    return await routes.find(story) is not None and await routes.moving_to(story) is None


async def begin_move(turn: Turn, effect: Move) -> None:
    who, tx = turn.person, turn.tx
    story = await tx.stories.find(effect.story)
    if story is None or not await may_be_moved(Reads(tx=tx, who=who), story.id):
        raise Conflict("The story has moved on in the same moment.")
    await tx.stories.routes.begin_move(story.id, who.chat, who.person)
    await tx.timers.set(MOVE, story.id, coarse(tx.now + MOVE_SECONDS))
    await tell_author(turn, story, msg("notice-move"), command="keep", label=msg("move-cancel"))


async def move_now(turn: Turn, subject: bytes) -> None:
    """The day is over, and nobody has said no."""
    tx = turn.tx
    story = await tx.stories.find(StoryId(subject))
    to = None if story is None else await tx.stories.routes.moving_to(story.id)
    if story is None or to is None:
        return
    if await tx.conversations.load(tx.messages.chat_hash(to.chat)) is None:  # has left, or wanted all deleted
        await tx.stories.routes.cancel_move(story.id)
        return
    moved = await tx.stories.routes.move(story.id)
    if moved is None:
        return
    old, new = moved
    if old.person is not None:
        await tx.contributors.drop_story(old.person, story.id)
    if new.person is not None:
        await tx.contributors.add_story(new.person, story.id)
    if story.details.reminds:  # the new account has not asked for that
        await order_reminder(turn, await tx.stories.amend(story, structs.replace(story.details, reminds=False)))
    await note(turn, Action.MOVED, story)


async def keep_here(reads: Reads, argument: str) -> Outcome:
    """The button under the notice: one press, whatever else goes on in this chat."""
    story = await own_story(reads, story_id(argument))
    if story is None or await reads.tx.stories.routes.moving_to(story.id) is None:
        return Stay(notice=msg("move-is-over"))
    return kept_here(story.id)


def kept_here(story: StoryId) -> Stay[object]:
    return Stay(notice=msg("move-cancelled"), effects=(CancelMove(story=story),))


async def cancel_move(turn: Turn, effect: CancelMove) -> None:
    tx = turn.tx
    story = await own_in_turn(turn, effect.story, lambda _: True)
    if await tx.stories.routes.moving_to(story.id) is None:
        raise Conflict("The story has moved, or stays, since the same moment.")
    await tx.stories.routes.cancel_move(story.id)
    await tx.timers.cancel(MOVE, story.id)
    await tx.receipts.drop(story.id)
    await note(turn, Action.MOVE_CANCELLED, story)
