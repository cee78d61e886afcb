"""A story taken back: before it is published it is destroyed here, with its files and the way to its author."""

from __future__ import annotations

from typing import Any, Protocol

import msgspec

from bot.flows.flow import Answer, Finish, Outcome, Picked, Prompt, Reads, Step
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from handlers.contributors.own import own_in_turn, own_story
from handlers.retention import destroy, kept_until
from handlers.subscribers.leaving import stop_reading
from storage.ids import StoryId
from storage.story import OPEN, Status, Story


class Withdraw(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId


class DeleteEverything(msgspec.Struct, frozen=True, kw_only=True):
    """All that is kept about the person whose turn it is."""


class _AboutAStory(Protocol):
    @property
    def story(self) -> StoryId: ...


async def _load(reads: Reads, draft: _AboutAStory) -> Story | None:
    return await own_story(reads, draft.story)


def _ask(_draft: _AboutAStory, story: Story | None) -> Prompt:
    if story is None:
        return Prompt(text=(msg("mine-is-gone"),), choices=back_row())
    if story.status not in OPEN:
        status = msg(f"mine-story-{story.status}", since=story.since, until=kept_until(story))
        return Prompt(text=(status,), choices=back_row())
    choices = rows(("withdraw", msg("withdraw-yes")), (BACK, msg("withdraw-no")))
    return Prompt(text=(msg("withdraw-sure"),), choices=choices)


def _answer(draft: _AboutAStory, story: Story | None, answer: Answer) -> Outcome:
    if story is None or story.status not in OPEN:
        return too_late(answer)  # published while the question stood there: the truth, not "it is destroyed"
    if answer == Picked("withdraw"):
        return Finish(notice=msg("withdrawn"), effects=(Withdraw(story=draft.story),))
    return otherwise(answer)


WITHDRAWING: Step[Any, Story | None] = Step(name="withdraw", load=_load, ask=_ask, answer=_answer)
"""Of every flow whose draft names a story."""


async def withdraw(turn: Turn, effect: Withdraw) -> None:
    story = await own_in_turn(turn, effect.story)
    if story is not None and story.status in OPEN:
        await destroy(turn, story)
        await turn.tx.contributors.drop_story(turn.person.person, story.id)


async def delete_everything(turn: Turn, _effect: DeleteEverything) -> None:
    """Published stories stay published, without a way to their author; everything else goes."""
    who = turn.person
    for story_id in await turn.tx.contributors.stories(who.person):
        story = await turn.tx.stories.get(story_id)
        if story is None:
            continue
        if story.status is Status.PUBLISHED:
            await turn.tx.stories.routes.drop(story.id)
        else:
            await destroy(turn, story)
    await turn.tx.contributors.forget(who.person)
    await stop_reading(turn)
    await turn.wipe(who.chat)
