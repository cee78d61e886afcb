"""The home menu: where a chat is when nothing else goes on, and what `/start` leads to."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.flows.conversation import load
from bot.flows.flow import (
    Answer,
    Enter,
    Flow,
    Gave,
    Outcome,
    Picked,
    Prompt,
    Reads,
    Stay,
    Step,
    Words,
    Wrote,
)
from bot.flows.questions import otherwise, rows
from bot.texts.fluent import msg
from handlers.broadcasting.progress import broadcast_of
from handlers.contributors.deleting import DELETING
from handlers.contributors.mine import MINE, to_what_waits
from handlers.contributors.own import own_stories
from handlers.contributors.receipts.returning import RETURNING, typed_anywhere
from handlers.contributors.telling.collecting import collect
from handlers.contributors.telling.draft import TELL, Telling
from handlers.contributors.waiting import Waits, first_waiting
from handlers.editors.card import story_of
from handlers.editors.digest import QUEUE_LINK
from handlers.editors.opened import QUEUE_NAME, to_desk
from handlers.editors.steering import to_steering
from handlers.letters.opened import letter_of, to_letter
from handlers.subscribers.links import offered_by
from handlers.subscribers.reading import to_reading
from handlers.tongue import TALKING

HOME = "home"
STORY_LIKE = 80
"""Characters: whoever writes so much without pressing anything may have begun to tell, and is asked. So is whoever
sends a photo or a recording."""


class AtHome(msgspec.Struct, frozen=True, kw_only=True):
    greets: bool = False
    """who comes for the first time is told what this is; who comes back from somewhere is not, each time"""


@dataclass(frozen=True, kw_only=True)
class View:
    has_stories: bool
    waits: Waits | None
    """what waits for this person's word"""
    is_editor: bool
    """in the roster; the queue itself looks whether they are in the editors' room too"""


async def _load(reads: Reads, _draft: AtHome) -> View:
    stories = await own_stories(reads)
    waits = await first_waiting(reads, stories)
    is_editor = await reads.tx.editors.find(reads.who.person) is not None
    return View(has_stories=bool(stories), waits=waits, is_editor=is_editor)


def _ask(draft: AtHome, view: View) -> Prompt:
    options: list[tuple[str, Words]] = [("tell", msg("home-tell"))]
    if view.waits is not None:
        options.insert(0, ("waits", view.waits.label))
    if view.has_stories:
        options.append(("mine", msg("home-mine")))
    options.append(("read", msg("home-read")))
    if not view.has_stories:
        options.append(("receipt", msg("home-receipt")))
    options += [("language", msg("home-language")), ("delete", msg("home-delete"))]
    if view.is_editor:
        options.insert(0, ("queue", msg("queue-home")))
    hello = (msg("home-hello"),) if draft.greets else ()
    return Prompt(text=(*hello, msg("home-can")), choices=rows(*options))


def _answer(_draft: AtHome, view: View, answer: Answer) -> Outcome:
    match answer:
        case Picked("tell"):
            return Enter(flow=TELL)
        case Picked("waits") if view.waits is not None:
            return to_what_waits(view.waits)
        case Picked("queue") if view.is_editor:
            return Enter(flow=QUEUE_NAME)
        case Picked("mine"):
            return Enter(flow=MINE.name)
        case Picked("read"):
            return to_reading()
        case Picked("receipt"):
            return Enter(flow=RETURNING.name)
        case Picked("delete"):
            return Enter(flow=DELETING.name)
        case Picked("language"):
            return Enter(flow=TALKING.name)
        case Wrote(text=text) if (found := typed_anywhere(text)) is not None:
            return found
        case Wrote(text=text) if len(text.reveal()) < STORY_LIKE:
            return Stay(draft=AtHome(greets=True), notice=msg("home-press"))
        case Wrote() | Gave():
            kept = collect(Telling(), answer)
            if kept.draft is None:
                return Stay(notice=kept.notice)
            return Enter(flow=TELL, step="begun", draft=kept.draft, effects=kept.effects)
    return otherwise(answer)


async def start(reads: Reads, payload: str) -> Outcome:
    """`/start`, with or without a deep link. It names a story, a newsletter, a broadcast or the queue, which ask who is
    there; or what to subscribe to."""
    story = story_of(payload)
    if story is not None:
        return to_desk(story)
    letter = letter_of(payload)
    if letter is not None:
        return to_letter(letter)
    broadcast = broadcast_of(payload)
    if broadcast is not None:
        return to_steering(broadcast)
    if payload == QUEUE_LINK:
        return Enter(flow=QUEUE_NAME)
    return offered_by(payload, reads) or Enter(flow=HOME, draft=AtHome(greets=True))


async def come(reads: Reads, _argument: str) -> Outcome:
    """Somebody comes into a chat that we have opened for them. What was said there first waits for their word, and a
    menu below it would take its numbers away."""
    _, conversation = await load(reads.tx, reads.tx.messages.chat_hash(reads.who.chat))
    if conversation is not None and conversation.offers:
        return Stay(quiet=True)
    return await start(reads, "")


async def tell(_reads: Reads, _argument: str) -> Outcome:
    return Enter(flow=TELL)


async def help_me(_reads: Reads, _argument: str) -> Outcome:
    return Stay(notice=msg("help"))


HOME_FLOW = Flow(name=HOME, draft=AtHome, steps=(Step(name="menu", load=_load, ask=_ask, answer=_answer),))
