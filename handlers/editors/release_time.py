"""Another time for a story that waits to come out: a tap, or a day and an hour that the editor writes."""

from __future__ import annotations

from bot.flows.flow import Answer, Go, Option, Outcome, Picked, Prompt, Stay, Step, Wrote
from bot.flows.questions import back_row, otherwise, rows, too_late
from bot.texts.fluent import Message, msg
from handlers.editors.release_lines import comes_out
from handlers.editors.release_view import Release, View, load_release
from handlers.publication.schedule import Reschedule
from handlers.publication.times import MOSCOW_HOURS, SLOTS, earliest_day, latest_day, second_of
from storage.story import Status


def _ask_time(_draft: Release, view: View | None) -> Prompt:
    if view is None or view.story.status is not Status.SCHEDULED:
        return Prompt(text=(msg("release-is-decided"),), choices=back_row())
    how = msg("release-which-time", day=f"{earliest_day(view.now):%d.%m}", latest=latest_day(view.now))
    return Prompt(text=(comes_out(view.story), how), choices=_slots() + back_row())


def _slots() -> tuple[tuple[Option, ...], ...]:
    return rows(*((slot, _label(slot, *hours)) for slot, (_, *hours) in SLOTS.items() if slot != "day"))


def _label(slot: str, first: int, last: int) -> Message:
    moscow = f"{first + MOSCOW_HOURS}–{last + MOSCOW_HOURS}"
    return msg(f"release-{slot}", hours=f"{first}–{last}", moscow=moscow)


def _answer_time(draft: Release, view: View | None, answer: Answer) -> Outcome:
    if view is None or view.story.status is not Status.SCHEDULED:
        return too_late(answer)
    match answer:
        case Picked(slot) if slot in SLOTS:
            return Go(
                "release", draft, notice=msg("release-is-moved"), effects=(Reschedule(story=draft.story, slot=slot),)
            )
        case Wrote(text=text):
            second = second_of(text.reveal(), view.now)
            if second is None:
                return Stay(notice=msg("release-time-is-wrong"))
            effect = Reschedule(story=draft.story, second=second)
            return Go("release", draft, notice=msg("release-is-moved"), effects=(effect,))
    return otherwise(answer)


TIME: Step[Release, View | None] = Step(name="time", load=load_release, ask=_ask_time, answer=_answer_time)
