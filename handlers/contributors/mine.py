"""My stories: what has become of each, what comes next, and what its author can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from bot.flows.flow import Answer, Enter, Flow, Go, Option, Outcome, Picked, Prompt, Reads, Stay, Step, Words
from bot.flows.questions import back_row, otherwise, rows, too_late
from bot.texts.fluent import msg
from handlers.contributors.adding import ADDING
from handlers.contributors.consenting import to_consent
from handlers.contributors.contacting import CONTACTING, may_be_reached
from handlers.contributors.extending import Extend
from handlers.contributors.limits import may_be_added_to
from handlers.contributors.own import own_stories, own_story, story_id
from handlers.contributors.receipts.moving import kept_here
from handlers.contributors.receipts.receipting import RECEIPTING, Receipting
from handlers.contributors.replies import REPLYING, Replying
from handlers.contributors.standing import how_it_stands
from handlers.contributors.taking_down import TAKING_DOWN, may_be_taken_down
from handlers.contributors.waiting import Waits, open_questions, proposal
from handlers.contributors.withdrawal import MAY_GO, WITHDRAWING
from handlers.deadlines import extended, kept_until, may_be_extended
from handlers.own_data.asking import DATA
from handlers.policy import EXTENSION_DAYS
from storage.ids import StoryId
from storage.story import OPEN, Status, Story

_DEEDS = frozenset({"reply", "consent", "extend", "withdraw", "add", "contact", "take-down", "receipt", "keep"})
_HAS_RECEIPT = OPEN | {Status.PUBLISHED}
"""What words can lead to: of what was decided against, only its end is left."""


class Mine(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId = StoryId(b"")


@dataclass(frozen=True, kw_only=True)
class View:
    story: Story
    questions: int
    """that wait"""
    moves: bool
    """to another account, soon"""
    today: date


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────────
async def _load_list(reads: Reads, _draft: Mine) -> list[View]:
    return [await _view(reads, story) for story in await own_stories(reads)]


async def _view(reads: Reads, story: Story) -> View:
    waiting = await open_questions(reads, story)
    moves = await reads.tx.stories.routes.moving_to(story.id) is not None
    return View(story=story, questions=len(waiting), moves=moves, today=reads.tx.work.today)


def _ask_list(_draft: Mine, views: list[View]) -> Prompt:
    last = rows(("data", msg("data-all"))) + back_row()
    if not views:
        return Prompt(text=(msg("mine-none"),), choices=last)
    options = tuple((Option(view.story.id.hex(), _line(number, view)),) for number, view in enumerate(views, 1))
    return Prompt(text=(msg("mine-list", count=len(views)),), choices=options + last)


def _line(number: int, view: View) -> Words:
    if view.questions:
        return msg("mine-line-question", number=number)
    if not view.story.details.is_shown:
        return msg("mine-line-sent", number=number)
    return msg(f"mine-line-{view.story.status}", number=number)


def _answer_list(draft: Mine, views: list[View], answer: Answer) -> Outcome:
    if answer == Picked("data"):
        return Enter(flow=DATA.name)
    if isinstance(answer, Picked):
        for view in views:
            if view.story.id.hex() == answer.value:
                return Go("story", msgspec.structs.replace(draft, story=view.story.id))
    return otherwise(answer)


# ── one story ────────────────────────────────────────────────────────────────────────────────────────────────────
async def _load_story(reads: Reads, draft: Mine) -> View | None:
    story = await own_story(reads, draft.story)
    return None if story is None else await _view(reads, story)


def _ask_story(_draft: Mine, view: View | None) -> Prompt:
    if view is None:
        return Prompt(text=(msg("mine-is-gone"),), choices=back_row())
    waits = (msg("mine-questions", questions=view.questions),) if view.questions else ()
    moves = (msg("mine-moves"),) if view.moves else ()
    return Prompt(
        text=(*how_it_stands(view.story, view.today), *waits, *moves),
        choices=rows(*_options(view).items()) + back_row(),
    )


def _options(view: View) -> dict[str, Words]:
    """What can be done about it at this moment."""
    story, options = view.story, dict[str, Words]()
    if view.moves:
        options["keep"] = msg("move-cancel")
    if view.questions:
        options["reply"] = msg("mine-reply")
    if proposal(story) is not None:
        options["consent"] = msg("mine-consent")
    if may_be_added_to(story):
        options["add"] = msg("mine-add")
    if may_be_extended(story):
        options["extend"] = msg("mine-extend", days=EXTENSION_DAYS)
    if may_be_reached(story, view.today):
        options["contact"] = msg("mine-contact")
    if story.status in _HAS_RECEIPT and story.details.cold is None:  # new words could not open it
        options["receipt"] = msg("mine-receipt")
    if may_be_taken_down(story):
        options["take-down"] = msg("mine-take-down")
    if story.status in MAY_GO:
        options["withdraw"] = msg("consent-withdraw") if story.status in OPEN else msg("mine-delete-now")
    return options


def _answer_story(draft: Mine, view: View | None, answer: Answer) -> Outcome:
    if view is None:
        return too_late(answer)
    story = view.story
    match answer:
        case Picked(value) if value in _DEEDS and value not in _options(view):
            return Stay()  # it has moved on: the prompt says how it stands
        case Picked("reply"):
            return Enter(flow=REPLYING.name, draft=Replying(story=story.id))
        case Picked("receipt"):
            return Enter(flow=RECEIPTING.name, draft=Receipting(story=story.id))
        case Picked("keep"):
            return kept_here(story.id)
        case Picked("consent"):
            return to_consent(story)
        case Picked("extend"):
            return Stay(
                notice=msg("mine-extended", until=kept_until(extended(story))), effects=(Extend(story=story.id),)
            )
        case Picked("withdraw" | "add" | "contact" | "take-down" as step):
            return Go(step, draft)
    return otherwise(answer)


def to_what_waits(waits: Waits) -> Enter:
    if waits.for_answer:
        return Enter(flow=REPLYING.name, draft=Replying(story=waits.story.id))
    return to_consent(waits.story)


MINE = Flow(
    name="mine",
    draft=Mine,
    steps=(
        Step(name="list", load=_load_list, ask=_ask_list, answer=_answer_list),
        Step(name="story", load=_load_story, ask=_ask_story, answer=_answer_story),
        ADDING,
        CONTACTING,
        TAKING_DOWN,
        WITHDRAWING,
    ),
)


async def open_mine(_reads: Reads, argument: str) -> Outcome:
    """The command; with a story's id, the button under a notice."""
    if argument:
        return Enter(flow=MINE.name, draft=Mine(story=story_id(argument)), step="story")
    return Enter(flow=MINE.name)
