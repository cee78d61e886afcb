"""What readers are to have instead: one passage for another, or the whole text anew."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Bubble, Go, Outcome, Picked, Prompt, Rewrote, Stay, Step, Wrote
from bot.flows.questions import BACK, back_row, otherwise, rows
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.editors.release_correcting_draft import Correcting, Published, gone, load_published, to_release
from handlers.manuscript.passages import stands
from handlers.policy import LONGEST_STORY
from handlers.written import taken, whole


# ── a passage ────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_passage(_draft: Correcting, view: Published | None) -> Prompt:
    if view is None:
        return gone()
    return Prompt(
        before=(Bubble(text=Rich.plain(view.text.reveal())),), text=(msg("correct-which"),), choices=back_row()
    )


def _answer_passage(draft: Correcting, view: Published | None, answer: Answer) -> Outcome:
    match answer:
        case _ if view is None:
            return to_release(draft)
        case Wrote(text=text) if not stands(view.text, text):
            return Stay(notice=msg("correct-is-not-there"))
        case Wrote(text=text):
            return Go("replacement", msgspec.structs.replace(draft, passage=text))
    return otherwise(answer)


def _ask_replacement(_draft: Correcting, view: Published | None) -> Prompt:
    return gone() if view is None else Prompt(text=(msg("correct-by-what"),), choices=back_row())


def _answer_replacement(draft: Correcting, view: Published | None, answer: Answer) -> Outcome:
    match answer:
        case _ if view is None:
            return to_release(draft)
        case Wrote(text=text):
            return Go("meaning", msgspec.structs.replace(draft, replacement=text))
    return otherwise(answer)


# ── the whole text ───────────────────────────────────────────────────────────────────────────────────────────────
def _ask_whole(draft: Correcting, view: Published | None) -> Prompt:
    if view is None:
        return gone()
    if not draft.parts:
        text = Bubble(text=Rich.plain(view.text.reveal()))
        return Prompt(before=(text,), text=(msg("correct-all"),), choices=back_row())
    count = msg("correct-so-far", characters=len(view.corrected.reveal()))
    return Prompt(text=(count,), choices=rows(("next", msg("correct-next")), (BACK, msg("button-back"))), follow=True)


def _answer_whole(draft: Correcting, view: Published | None, answer: Answer) -> Outcome:
    match answer:
        case _ if view is None:
            return to_release(draft)
        case Wrote() | Rewrote():
            return _take(draft, answer)
        case Picked("next") if draft.parts:
            return Go("meaning", draft)
    return otherwise(answer)


def _take(draft: Correcting, answer: Wrote | Rewrote) -> Outcome:
    parts = taken(draft.parts, answer, answer.text)
    if parts is None:
        return otherwise(answer)
    if len(whole(parts).reveal()) > LONGEST_STORY:
        return Stay(notice=msg("tell-too-long", most=LONGEST_STORY))
    return Stay(draft=msgspec.structs.replace(draft, parts=parts))


PASSAGE = Step(name="passage", load=load_published, ask=_ask_passage, answer=_answer_passage)
REPLACEMENT = Step(name="replacement", load=load_published, ask=_ask_replacement, answer=_answer_replacement)
WHOLE = Step(name="whole", load=load_published, ask=_ask_whole, answer=_answer_whole)
