"""A story is not accepted: for a ready reason or in the editor's own words, read before it is sent."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.flows.flow import Answer, Bubble, Enter, Finish, Go, Outcome, Picked, Prompt, Reads, Stay, Step, Words, Wrote
from bot.flows.questions import BACK, back_row, otherwise, rows, weighty
from bot.texts.fluent import Language, msg
from bot.texts.rich import Rich
from handlers.editors.decisions import Reject
from handlers.editors.opened import QUEUE_NAME, Desk
from handlers.editors.reading import nothing_here
from handlers.editors.view import View, load_desk
from handlers.policy import LONGEST_QUESTION
from storage.private import Private
from storage.story import Contact

READY = ("topic", "little", "danger")


def _ask(_draft: Desk, view: View | None) -> Prompt:
    if view is None:
        return nothing_here()
    if not view.is_open:
        return Prompt(text=(msg("desk-is-decided"),), choices=back_row())
    ready: list[tuple[str, Words]] = [(f"ready-{name}", msg(f"reject-{name}")) for name in READY]
    return Prompt(text=(msg("desk-which-reason"),), choices=rows(*ready, (BACK, msg("button-back"))))


def _answer(draft: Desk, view: View | None, answer: Answer) -> Outcome:
    match answer:
        case Wrote() | Picked("ready-topic" | "ready-little" | "ready-danger") if view is None or not view.is_open:
            return Go("desk", draft, notice=msg("desk-has-changed"))
        case Wrote(text=text) if len(text.reveal()) > LONGEST_QUESTION:
            return Stay(notice=msg("answer-too-long", most=LONGEST_QUESTION))
        case Wrote(text=text):
            return Go("reject-check", msgspec.structs.replace(draft, reason=text, ready=""))
        case Picked(value) if value.removeprefix("ready-") in READY:
            return Go("reject-check", msgspec.structs.replace(draft, ready=value.removeprefix("ready-")))
    return otherwise(answer)


@dataclass(frozen=True, kw_only=True)
class Refusal:
    view: View
    reason: Private[str]
    letter: Rich
    """as the author reads it, in the author's language"""


async def _load(reads: Reads, draft: Desk) -> Refusal | None:
    view = await load_desk(reads, draft)
    if view is None:
        return None
    language = Language(view.story.language)
    reason = Private(reads.say(language, msg(f"reason-{draft.ready}")).text) if draft.ready else draft.reason
    return Refusal(view=view, reason=reason, letter=reads.say(language, msg("notice-rejected", reason=reason)))


def _ask_sure(_draft: Desk, refusal: Refusal | None) -> Prompt:
    if refusal is None:
        return nothing_here()
    if not refusal.view.is_open:
        return Prompt(text=(msg("desk-is-decided"),), choices=back_row())
    written_to = refusal.view.story.details.contact is Contact.SILENT
    return Prompt(
        before=(Bubble(text=refusal.letter),),
        text=(msg("reject-sure") if written_to else msg("reject-sure-unread"),),
        choices=weighty(
            rows((f"reject-{refusal.view.moment}", msg("reject-yes")), (BACK, msg("reject-other"))), "reject"
        ),
    )


def _answer_sure(draft: Desk, refusal: Refusal | None, answer: Answer) -> Outcome:
    match answer:
        case Picked(value) if refusal is not None and value == f"reject-{refusal.view.moment}" and refusal.view.is_open:
            written_to = refusal.view.story.details.contact is Contact.SILENT
            effect = Reject(story=draft.story, moment=refusal.view.moment, reason=refusal.reason)
            done = msg("desk-rejected") if written_to else msg("desk-rejected-unread")
            if draft.looking is not None:
                return Enter(flow=QUEUE_NAME, draft=draft.looking, notice=done, effects=(effect,))
            return Finish(notice=done, effects=(effect,))
        case Picked(value) if value.startswith("reject-"):
            return Go("desk", draft, notice=msg("desk-has-changed"))
    return otherwise(answer)


REJECTING: Step[Desk, View | None] = Step(name="reject", load=load_desk, ask=_ask, answer=_answer)
REJECT_CHECK: Step[Desk, Refusal | None] = Step(name="reject-check", load=_load, ask=_ask_sure, answer=_answer_sure)
