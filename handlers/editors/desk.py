"""An editor's desk in the private chat: one story, what can be done with it now, and nothing else."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Audience, Enter, Flow, Go, Option, Outcome, Picked, Prompt, Stay, Step
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late, weighty
from bot.texts.fluent import Message, msg
from handlers.editors.accepting import ACCEPTING
from handlers.editors.blocking import BLOCKING
from handlers.editors.claiming import HANDING, Claim
from handlers.editors.cold import ColdView, answer_cold, described_cold, load_front, offers_when_cold
from handlers.editors.comparing import COMPARING
from handlers.editors.cutting import CUT_CHECK, CUTTING
from handlers.editors.decisions import Approve, Offer
from handlers.editors.facts import described
from handlers.editors.offers import CHANGES, MORE, WEIGHTY, all_offers, first_offers, further_offers
from handlers.editors.opened import DESK_NAME, QUEUE_NAME, Desk
from handlers.editors.pairing import DESTROYING, EXPORTING, ORIGINALS, SHOWN
from handlers.editors.reading import EXCHANGE, PHOTOS, READING
from handlers.editors.rejecting import REJECT_CHECK, REJECTING
from handlers.editors.release import to_release
from handlers.editors.rewriting import begin_rewriting
from handlers.editors.versions import ONE_VERSION, VERSIONS
from handlers.editors.view import View, load_desk
from handlers.editors.writing import ASKING, NOTING, SENDING_BACK
from handlers.policy import EDITOR_WIPE_SECONDS


def _ask_desk(draft: Desk, view: View | ColdView | None) -> Prompt:
    if view is None:
        return Prompt(text=(msg("desk-no-story"),), choices=_way_out(draft))
    if isinstance(view, ColdView):
        return Prompt(text=described_cold(view), choices=rows(*offers_when_cold(view)) + _way_out(draft))
    return Prompt(text=described(view), choices=weighty(rows(*first_offers(view)), *WEIGHTY) + _way_out(draft))


def _way_out(draft: Desk) -> tuple[tuple[Option, ...], ...]:
    return rows((BACK, msg("desk-close") if draft.looking is None else msg("desk-to-queue")))


def _ask_more(_draft: Desk, view: View | None) -> Prompt:
    if view is None:
        return Prompt(text=(msg("desk-no-story"),), choices=back_row())
    return Prompt(text=(msg("desk-more-is"),), choices=weighty(rows(*further_offers(view)), *WEIGHTY) + back_row())


def _answer_desk(draft: Desk, view: View | ColdView | None, answer: Answer) -> Outcome:
    if answer == Picked(BACK) and draft.looking is not None:
        return Enter(flow=QUEUE_NAME, draft=draft.looking)
    if isinstance(view, ColdView):
        return answer_cold(draft, view, answer)
    return _answer_more(draft, view, answer)


def _answer_more(draft: Desk, view: View | None, answer: Answer) -> Outcome:
    if view is None:
        return too_late(answer)
    match answer:
        case Picked(value) if value in {offer for offer, _ in all_offers(view)} | {MORE}:
            return _act(draft, view, value)
        case Picked(value) if value != BACK:
            return Go("desk", draft, notice=msg("desk-has-changed"))
    return otherwise(answer)


def _act(draft: Desk, view: View, value: str) -> Outcome:
    warning = _warning(draft, view, value)
    told = draft if warning is None else msgspec.structs.replace(draft, told=True)
    match value.partition("-")[0]:
        case "offer" if warning is not None:
            return Stay(draft=told, notice=warning)
        case "offer":
            return Stay(effects=(Offer(story=draft.story, version=view.story.details.latest),), quiet=True)
        case "approve":
            return Stay(effects=(Approve(story=draft.story, version=view.page.version),), quiet=True)
        case "claim":
            effect = Claim(story=draft.story, was=view.story.details.claimed, now=view.me)
            return Go("desk", draft, notice=msg("desk-claimed"), effects=(effect,))
        case "letgo":
            effect = Claim(story=draft.story, was=view.me, now=None)
            return Go("desk", draft, notice=msg("desk-let-go"), effects=(effect,))
        case "release":
            return to_release(draft.story)
        case "edit":
            return begin_rewriting(view.story, view.text, draft.looking, warning)
        case "accept":
            return Go("accept", told, notice=warning)
    return Go(value, told, notice=warning)


def _warning(draft: Desk, view: View, value: str) -> Message | None:
    """Once: that a colleague takes care of this story. Claiming binds nobody."""
    if draft.told or not view.others_care or view.caretaker is None or value.partition("-")[0] not in CHANGES:
        return None
    return msg("desk-others-care", name=view.caretaker)


DESK = Flow(
    name=DESK_NAME,
    draft=Desk,
    audience=Audience.EDITORS,
    wipe_after=EDITOR_WIPE_SECONDS,
    protect=True,
    steps=(
        Step(name="desk", load=load_front, ask=_ask_desk, answer=_answer_desk),
        Step(name=MORE, load=load_desk, ask=_ask_more, answer=_answer_more),
        READING,
        PHOTOS,
        ORIGINALS,
        SHOWN,
        EXPORTING,
        DESTROYING,
        EXCHANGE,
        ASKING,
        SENDING_BACK,
        NOTING,
        HANDING,
        VERSIONS,
        ONE_VERSION,
        COMPARING,
        CUTTING,
        CUT_CHECK,
        ACCEPTING,
        REJECTING,
        REJECT_CHECK,
        BLOCKING,
    ),
)
