"""Quiet hours of those who want every story at once: what comes out meanwhile waits for their end."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Go, Outcome, Picked, Prompt, Stay, Step
from bot.flows.questions import back_row, otherwise, rows, too_late
from bot.texts.fluent import msg
from handlers.subscribers.often import clock_now
from handlers.subscribers.rhythm import hour_of, hour_rows
from handlers.subscribers.subscription import SetRhythm
from handlers.subscribers.view import Reading, View, load_view, not_subscribed
from handlers.subscribers.zone import with_rhythm
from storage.rhythm import Quiet, Rhythm


def _ask_begin(draft: Reading, view: View) -> Prompt:
    if view.reader is None:
        return not_subscribed()
    clock = clock_now(draft.rhythm.zone, view.now, view.spoken)
    none = rows(("none", msg("rhythm-no-quiet"))) if draft.rhythm.quiet is not None else ()
    return Prompt(text=(msg("rhythm-quiet-begins"), clock), choices=hour_rows() + none + back_row())


def _answer_begin(draft: Reading, view: View, answer: Answer) -> Outcome:
    if view.reader is None:
        return too_late(answer)
    if answer == Picked("none"):
        return Go("menu", Reading(), effects=(SetRhythm(rhythm=Rhythm()),))
    hour = hour_of(answer)
    return otherwise(answer) if hour is None else Go("quiet-end", msgspec.structs.replace(draft, quiet_from=hour))


QUIET_STEP = Step(name="quiet", load=load_view, ask=_ask_begin, answer=_answer_begin)


def _ask_end(draft: Reading, view: View) -> Prompt:
    if view.reader is None:
        return not_subscribed()
    return Prompt(text=(msg("rhythm-quiet-ends", begins=draft.quiet_from),), choices=hour_rows() + back_row())


def _answer_end(draft: Reading, view: View, answer: Answer) -> Outcome:
    if view.reader is None:
        return too_late(answer)
    hour = hour_of(answer)
    if hour is None:
        return otherwise(answer)
    if hour == draft.quiet_from:
        return Stay(notice=msg("rhythm-quiet-is-empty"))
    quiet = Quiet(begins=draft.quiet_from, ends=hour)
    return Go("menu", Reading(), effects=(SetRhythm(rhythm=with_rhythm(draft, quiet=quiet).rhythm),))


QUIET_END_STEP = Step(name="quiet-end", load=load_view, ask=_ask_end, answer=_answer_end)
