"""When nothing more is taken from somebody for now, and how they are told: calmly, with the day or the minutes."""

from __future__ import annotations

from functools import partial

from bot.flows.flow import Reads
from bot.flows.turn import Turn
from bot.texts.fluent import Message, msg
from handlers.policy import MOST_ADDITIONS, MOST_STORIES_A_DAY, SLOW_FROM, SLOW_SECONDS
from storage.clock import MINUTE
from storage.floods import Deed
from storage.story import OPEN, Story


async def no_story(reads: Reads) -> Message | None:
    """Why this account can't send a story now; None: it can."""
    person, floods = reads.who.person, reads.tx.work.floods
    until = await reads.tx.blocks.until(person)
    if until is not None:
        return msg("limit-blocked", until=until)
    if floods.today(Deed.STORY, reads.tx.now, person) >= MOST_STORIES_A_DAY:
        return msg("limit-stories", most=MOST_STORIES_A_DAY)
    return None


async def wait_for_turn(reads: Reads) -> Message | None:
    """More stories come than can be read: whoever has told none yet waits for some minutes, counted from the first time
    that they ask. None: there is no need to."""
    person, floods, now = reads.who.person, reads.tx.work.floods, reads.tx.now
    is_slow = floods.within_the_hour(Deed.STORY, now) >= SLOW_FROM
    if not is_slow or await reads.tx.contributors.stories(person):
        return None
    since = floods.since(Deed.QUEUE, now, person)
    if since is None:
        floods.note(Deed.QUEUE, now, person)
    left = (since or now) + SLOW_SECONDS - now
    return msg("limit-slow", minutes=-(-left // MINUTE)) if left > 0 else None


def may_be_added_to(story: Story) -> bool:
    """Not to a cold one: nobody here could put it beside the rest."""
    return story.status in OPEN and story.details.cold is None


async def no_addition(reads: Reads, story: Story | None) -> Message | None:
    """Why nothing can be added to it; None: it can."""
    if story is None or not may_be_added_to(story):
        return msg("add-is-late")
    until = await reads.tx.blocks.until(reads.who.person)
    if until is not None:
        return msg("limit-blocked", until=until)
    unasked = [said for said in await reads.tx.questions.all(story) if not said.question.reveal()]
    return msg("limit-additions") if len(unasked) >= MOST_ADDITIONS else None


def count_story(turn: Turn) -> None:
    """Once it is surely sent."""
    floods, now, person = turn.tx.work.floods, turn.tx.now, turn.person.person
    turn.tx.work.on_commit.append(partial(floods.note, Deed.STORY, now, person))
