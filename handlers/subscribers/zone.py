"""By which clock: asked by a city or an offset, never by where the phone is, and only when an hour is to be chosen."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Go, Outcome, Picked, Prompt, Stay, Step, Words, Wrote
from bot.flows.questions import back_row, otherwise, rows, too_late
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.subscribers.cities import city_of, look_up
from handlers.subscribers.subscription import SetRhythm
from handlers.subscribers.view import Reading, View, load_view, not_subscribed


def onward(draft: Reading, goal: str) -> Outcome:
    """To the step `goal`, over this question where the answer is not known."""
    return Go(goal, draft) if draft.rhythm.zone else Go("zone", msgspec.structs.replace(draft, goal=goal))


def with_rhythm(draft: Reading, **changes: object) -> Reading:
    return msgspec.structs.replace(draft, rhythm=msgspec.structs.replace(draft.rhythm, **changes))


def _ask(draft: Reading, view: View) -> Prompt:
    if view.reader is None:
        return not_subscribed()
    guesses: tuple[tuple[str, Words], ...] = tuple(
        (zone, Rich.plain(city_of(zone, view.spoken))) for zone in draft.guesses
    )
    asked = msg("rhythm-which-guess") if guesses else msg("rhythm-which-zone")
    return Prompt(text=(asked,), choices=rows(*guesses) + back_row())


def _answer(draft: Reading, view: View, answer: Answer) -> Outcome:
    if view.reader is None:
        return too_late(answer)
    match answer:
        case Picked(zone) if zone in draft.guesses:
            return _chosen(draft, zone)
        case Wrote(text=text):
            found = look_up(text.reveal())
            if found.is_sure and found.zones:
                return _chosen(draft, found.zones[0])
            changed = msgspec.structs.replace(draft, guesses=found.zones)
            return Stay(draft=changed, notice=None if found.zones else msg("rhythm-unknown-zone"))
    return otherwise(answer)


def _chosen(draft: Reading, zone: str) -> Outcome:
    changed = msgspec.structs.replace(with_rhythm(draft, zone=zone), guesses=())
    if draft.goal == "menu":
        return Go("menu", Reading(), effects=(SetRhythm(rhythm=changed.rhythm),))
    return Go(draft.goal, changed)


ZONE_STEP = Step(name="zone", load=load_view, ask=_ask, answer=_answer)
