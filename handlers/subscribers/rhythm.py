"""How often: at once, daily or weekly, at an hour of the reader's own clock. Only what is needed is asked, and kept."""

from __future__ import annotations

from bot.flows.flow import Answer, Go, Option, Outcome, Picked, Prompt, Step
from bot.flows.questions import back_row, otherwise, rows, too_late
from bot.texts.fluent import msg
from handlers.subscribers.often import clock_now, how_often
from handlers.subscribers.subscription import SetRhythm
from handlers.subscribers.view import Reading, View, load_view, not_subscribed
from handlers.subscribers.zone import onward, with_rhythm
from storage.rhythm import Every, Rhythm

_IN_A_ROW = 4
_HOURS = (*range(1, 24), 0)
"""Where choices are typed, the number of each is the hour itself."""


# ── which ────────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask(_draft: Reading, view: View) -> Prompt:
    if view.reader is None:
        return not_subscribed()
    rhythm = view.reader.wishes.rhythm
    choices = rows(
        ("at_once", msg("rhythm-at-once")),
        ("daily", msg("rhythm-daily")),
        ("weekly", msg("rhythm-weekly")),
    )
    if rhythm.every is Every.AT_ONCE:
        choices += rows(("quiet", msg("rhythm-quiet")))
    if rhythm.zone:
        choices += rows(("zone", msg("rhythm-zone")))
    return Prompt(text=(*how_often(rhythm, view.spoken), msg("rhythm-which")), choices=choices + back_row())


def _answer(_draft: Reading, view: View, answer: Answer) -> Outcome:
    if view.reader is None:
        return too_late(answer)
    rhythm = view.reader.wishes.rhythm
    match answer:
        case Picked("at_once") if rhythm.every is Every.AT_ONCE:
            return Go("menu", Reading())
        case Picked("at_once"):
            notice = msg("rhythm-waiting-comes") if view.reader.waiting else None
            return Go("menu", Reading(), notice=notice, effects=(SetRhythm(rhythm=Rhythm()),))
        case Picked("daily"):
            return onward(Reading(rhythm=Rhythm(every=Every.DAILY, zone=rhythm.zone)), "hour")
        case Picked("weekly"):
            return Go("weekday", Reading(rhythm=Rhythm(every=Every.WEEKLY, zone=rhythm.zone)))
        case Picked("quiet") if rhythm.every is Every.AT_ONCE:
            return onward(Reading(rhythm=rhythm), "quiet")
        case Picked("zone") if rhythm.zone:
            return Go("zone", Reading(rhythm=rhythm, goal="menu"))
    return otherwise(answer)


RHYTHM_STEP = Step(name="rhythm", load=load_view, ask=_ask, answer=_answer)


# ── on which day ─────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_weekday(_draft: Reading, view: View) -> Prompt:
    if view.reader is None:
        return not_subscribed()
    days = rows(*((str(day), msg("rhythm-weekday", weekday=day)) for day in range(7)))
    return Prompt(text=(msg("rhythm-which-weekday"),), choices=days + back_row())


def _answer_weekday(draft: Reading, view: View, answer: Answer) -> Outcome:
    if view.reader is None:
        return too_late(answer)
    match answer:
        case Picked(day) if day in map(str, range(7)):
            return onward(with_rhythm(draft, weekday=int(day)), "hour")
    return otherwise(answer)


WEEKDAY_STEP = Step(name="weekday", load=load_view, ask=_ask_weekday, answer=_answer_weekday)


# ── at which hour ────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_hour(draft: Reading, view: View) -> Prompt:
    if view.reader is None:
        return not_subscribed()
    clock = clock_now(draft.rhythm.zone, view.now, view.spoken)
    return Prompt(text=(msg("rhythm-which-hour"), clock), choices=hour_rows() + back_row())


def _answer_hour(draft: Reading, view: View, answer: Answer) -> Outcome:
    if view.reader is None:
        return too_late(answer)
    hour = hour_of(answer)
    if hour is None:
        return otherwise(answer)
    return Go("menu", Reading(), effects=(SetRhythm(rhythm=with_rhythm(draft, hour=hour).rhythm),))


HOUR_STEP = Step(name="hour", load=load_view, ask=_ask_hour, answer=_answer_hour)


def hour_rows() -> tuple[tuple[Option, ...], ...]:
    options = [Option(f"at-{hour}", msg("rhythm-hour", hour=f"{hour:02}")) for hour in _HOURS]
    return tuple(tuple(options[place : place + _IN_A_ROW]) for place in range(0, len(options), _IN_A_ROW))


def hour_of(answer: Answer) -> int | None:
    """Of a choice among `hour_rows`."""
    match answer:
        case Picked(value):
            return next((hour for hour in _HOURS if value == f"at-{hour}"), None)
    return None
