"""A story taken back: unless it is before readers, it is destroyed here, with its files and the way to its author."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from bot.flows.flow import Answer, Finish, Outcome, Picked, Prompt, Reads, Step, Words
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late, weighty
from bot.flows.turn import Turn
from bot.intake import happen
from bot.texts.fluent import Message, msg
from bot.types import Gone
from handlers.contributors.own import AboutAStory, own_in_turn, own_story
from handlers.contributors.standing import how_it_stands
from handlers.contributors.wiping import WipeChat
from handlers.deadlines import out_of_backups
from handlers.publication.sources import forget_now
from handlers.retention import destroy
from handlers.subscribers.leaving import stop_reading
from handlers.upkeep import order_emptying
from storage.address import Address
from storage.errors import VaultError
from storage.ids import StoryId
from storage.story import OPEN, Status, Story

MAY_GO = OPEN | {Status.REJECTED, Status.RETRACTED}
"""What no reader has."""


class Withdraw(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId


@dataclass(frozen=True, kw_only=True)
class View:
    story: Story
    stands: tuple[Words, ...]
    today: date


class DeleteEverything(msgspec.Struct, frozen=True, kw_only=True):
    """All that is kept about the person whose turn it is."""


async def _load(reads: Reads, draft: AboutAStory) -> View | None:
    story, today = await own_story(reads, draft.story), reads.tx.work.today
    return None if story is None else View(story=story, stands=how_it_stands(story, today), today=today)


def _ask(_draft: AboutAStory, view: View | None) -> Prompt:
    if view is None:
        return Prompt(text=(msg("mine-is-gone"),), choices=back_row())
    if view.story.status not in MAY_GO:
        return Prompt(text=(msg("withdraw-is-late"), *view.stands), choices=back_row())
    sure, yes = msg("withdraw-sure"), msg("withdraw-yes")
    if view.story.status not in OPEN:
        sure, yes = msg("withdraw-sure-now"), msg("withdraw-yes-now")
    return Prompt(text=(sure,), choices=weighty(rows(("withdraw", yes), (BACK, msg("withdraw-no"))), "withdraw"))


def _answer(draft: AboutAStory, view: View | None, answer: Answer) -> Outcome:
    if view is None or view.story.status not in MAY_GO:
        return too_late(answer)  # published while the question stood there: the truth, not "it is destroyed"
    if answer == Picked("withdraw"):
        return Finish(notice=_what_is_gone(view), effects=(Withdraw(story=draft.story), WipeChat()))
    return otherwise(answer)


def _what_is_gone(view: View) -> Message:
    """What is destroyed now, what follows, and what nobody can reach."""
    readers = "had" if view.story.status is Status.RETRACTED else "never"
    return msg("withdrawn", until=out_of_backups(view.today), readers=readers)


WITHDRAWING: Step[Any, View | None] = Step(name="withdraw", load=_load, ask=_ask, answer=_answer)
"""Of every flow whose draft names a story."""


async def withdraw(turn: Turn, effect: Withdraw) -> None:
    story = await own_in_turn(turn, effect.story, lambda story: story.status in MAY_GO)
    await destroy(turn, story)
    await turn.tx.contributors.drop_story(turn.person.person, story.id)


async def _let_go(turn: Turn, story: Story) -> None:
    """Of a published story what readers have stays, unless not even that can be read any more."""
    try:
        await forget_now(turn, story)
    except VaultError:
        await destroy(turn, story)


async def delete_everything(turn: Turn, _effect: DeleteEverything) -> None:
    """Published stories stay published, without a way to their author; everything else goes."""
    who = turn.person
    for story_id in await turn.tx.contributors.stories(who.person):
        story = await turn.tx.stories.find(story_id)
        if story is None:
            await turn.tx.stories.shred_unread(story_id)
            await turn.tx.timers.cancel_all(story_id)
        elif story.status is Status.PUBLISHED:
            await _let_go(turn, story)
        else:
            await destroy(turn, story)
    await turn.tx.contributors.forget(who.person)
    await order_emptying(turn)
    await stop_reading(turn)
    await turn.tx.suppressions.lift(who.person)
    for chat in turn.rooms.private_chats(who.person):
        if chat != who.chat:
            await _forget_chat(turn, chat)
    await turn.wipe(who.chat)


async def _forget_chat(turn: Turn, chat: Address) -> None:
    """With another of our bots. What is unfinished there ends in that chat's own lane, as when its person had gone."""
    if await turn.tx.conversations.load(turn.tx.messages.chat_hash(chat)) is not None:
        await turn.wipe(chat)
        await happen(turn.tx, chat, turn.person.person, Gone())
