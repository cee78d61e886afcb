"""What whoever has the words may do: see how the story stands, answer, have it moved to their account, take it back.

Their right is the draft: it names a story only after a receipt was found (`returning.py`), it is sealed, belongs to one
chat, and goes after an hour. At every step the receipt must still be in force. Nothing of the story itself is shown,
nor why editors decided against it; only their questions, to answer them (`answering.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import msgspec
from msgspec import structs

from bot.flows.flow import Answer, Finish, Go, Outcome, Picked, Prompt, Reads, Stay, Step, Words
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late, weighty
from bot.flows.turn import Turn
from bot.texts.fluent import Message, msg
from handlers.contributors.receipts.moving import Move, may_be_moved
from handlers.contributors.standing import how_it_stands
from handlers.contributors.waiting import open_questions
from handlers.contributors.wiping import WipeChat
from handlers.contributors.withdrawal import MAY_GO, WITHDRAWING
from handlers.contributors.withdrawal import View as Leaving
from handlers.own_data.giving import GiveFoundData
from handlers.retention import destroy
from storage.errors import Conflict
from storage.ids import StoryId
from storage.story import OPEN, Story
from storage.vault import Lookup


class Returning(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId = StoryId(b"")
    lookup: Lookup = Lookup(b"")
    """of the receipt that has led here"""


class WithdrawFound(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId


@dataclass(frozen=True, kw_only=True)
class View:
    story: Story
    stands: tuple[Words, ...]
    may_be_moved: bool
    moves: bool
    """already, here or elsewhere"""
    questions: int
    """of the editors, that wait"""
    platform: str
    """where it would be read from then on"""


async def found_story(reads: Reads, draft: Returning) -> Story | None:
    """None once it is gone, or the words lead nowhere any more."""
    story = await reads.tx.stories.find(draft.story)
    return story if story is not None and await reads.tx.receipts.is_in_force(draft.lookup) else None


async def _load(reads: Reads, draft: Returning) -> View | None:
    story = await found_story(reads, draft)
    if story is None:
        return None
    unexplained = structs.replace(story, details=structs.replace(story.details, reason=None))
    return View(
        story=story,
        stands=how_it_stands(unexplained, reads.tx.work.today),
        may_be_moved=await may_be_moved(reads, story.id),
        moves=await reads.tx.stories.routes.moving_to(story.id) is not None,
        questions=len(await open_questions(reads, story)),
        platform=reads.who.chat.platform,
    )


# ── how it stands ────────────────────────────────────────────────────────────────────────────────────────────────
def _ask(_draft: Returning, view: View | None) -> Prompt:
    if view is None:
        return Prompt(text=(msg("return-is-over"),), choices=back_row(), follow=True)
    waits = (msg("mine-questions", questions=view.questions), *_exposed(view)) if view.questions else ()
    moves = (msg("return-moves"),) if view.moves else ()
    return Prompt(
        text=(msg("return-found"), *view.stands, *waits, *moves),
        choices=rows(*_options(view).items()) + back_row(),
        follow=True,
    )


def _options(view: View) -> dict[str, Words]:
    options = dict[str, Words]()
    if view.questions:
        options["question"] = msg("mine-reply")
    if view.may_be_moved:
        options["move"] = msg("return-move")
    if view.story.status in MAY_GO:
        options["withdraw"] = msg("consent-withdraw") if view.story.status in OPEN else msg("mine-delete-now")
    options["data"] = msg("data-found")
    return options


def _answer(draft: Returning, view: View | None, answer: Answer) -> Outcome:
    match answer:
        case Picked(value) if value == BACK:
            return Finish()
        case Picked("data") if view is not None:
            effect = GiveFoundData(story=draft.story, lookup=draft.lookup)
            return Stay(notice=msg("data-begun"), effects=(effect,))
        case Picked(value) if view is not None and value in _options(view):
            return Go(value, draft)
        case Picked():
            return Stay()  # it has moved on: the prompt says how it stands
    return otherwise(answer)


STANDING: Step[Any, View | None] = Step(name="standing", load=_load, ask=_ask, answer=_answer)


# ── to this account ──────────────────────────────────────────────────────────────────────────────────────────────
def _ask_move(_draft: Returning, view: View | None) -> Prompt:
    if view is None or not view.may_be_moved:
        return Prompt(text=(msg("move-is-over"),), choices=back_row(), follow=True)
    return Prompt(
        text=(msg("move-how"), *_exposed(view)),
        choices=weighty(rows(("move", msg("move-yes")), (BACK, msg("move-no"))), "move"),
        follow=True,
    )


def _exposed(view: View) -> tuple[Message, ...]:
    """Who can read it from then on, where that is another messenger."""
    return (msg("move-exposes"),) if view.story.details.origin != view.platform else ()


def _answer_move(draft: Returning, view: View | None, answer: Answer) -> Outcome:
    if view is None or not view.may_be_moved:
        return too_late(answer)
    if answer == Picked("move"):
        return Finish(notice=msg("move-begun"), effects=(Move(story=draft.story),))
    return otherwise(answer)


MOVING: Step[Any, View | None] = Step(name="move", load=_load, ask=_ask_move, answer=_answer_move)


# ── taken back ───────────────────────────────────────────────────────────────────────────────────────────────────
async def _load_withdrawal(reads: Reads, draft: Returning) -> Leaving | None:
    view = await _load(reads, draft)
    return None if view is None else Leaving(story=view.story, stands=view.stands, today=reads.tx.work.today)


def _answer_withdrawal(draft: Returning, view: Any, answer: Answer) -> Outcome:
    outcome = WITHDRAWING.answer(draft, view, answer)
    if isinstance(outcome, Finish):
        return replace(outcome, effects=(WithdrawFound(story=draft.story), WipeChat()))
    return outcome


WITHDRAWING_FOUND: Step[Any, Any] = replace(WITHDRAWING, load=_load_withdrawal, answer=_answer_withdrawal)


async def withdraw_found(turn: Turn, effect: WithdrawFound) -> None:
    story = await turn.tx.stories.find(effect.story)
    if story is None or story.status not in MAY_GO:
        raise Conflict("The story has moved on in the same moment.")
    await destroy(turn, story)
