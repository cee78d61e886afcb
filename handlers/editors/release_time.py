"""Another time for a story that waits to come out: a tap, or a day and an hour that the editor writes."""

from __future__ import annotations

from bot.flows.flow import Answer, Go, Outcome, Picked, Prompt, Stay, Step, Wrote
from bot.flows.questions import back_row, otherwise, rows, too_late
from bot.texts.fluent import msg
from handlers.editors.release_view import Release, View, comes_out, load_release
from handlers.publication.schedule import Reschedule
from handlers.publication.times import SLOTS, latest_day, second_of
from storage.story import Status


def _ask_time(_draft: Release, view: View | None) -> Prompt:
    if view is None or view.story.status is not Status.SCHEDULED:
        return Prompt(text=(msg("release-is-decided"),), choices=back_row())
    slots = rows(*((slot, msg(f"release-{slot}")) for slot in SLOTS if slot != "day"))
    return Prompt(text=(comes_out(view.story), msg("release-which-time")), choices=slots + back_row())


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
                return Stay(notice=msg("release-time-is-wrong", latest=latest_day(view.now)))
            effect = Reschedule(story=draft.story, second=second)
            return Go("release", draft, notice=msg("release-is-moved"), effects=(effect,))
    return otherwise(answer)


TIME: Step[Release, View | None] = Step(name="time", load=load_release, ask=_ask_time, answer=_answer_time)
