"""Taking a published story back: what that does and what it can't do is said before."""

from __future__ import annotations

from bot.flows.flow import Answer, Go, Outcome, Picked, Prompt, Step, Words
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late, weighty
from bot.texts.fluent import msg
from handlers.editors.release_view import Release, View, load_release
from handlers.publication.retracting import Retract, is_enough
from storage.story import Status


def _ask_retract(_draft: Release, view: View | None) -> Prompt:
    if view is None or view.story.status is not Status.PUBLISHED:
        return Prompt(text=(msg("release-is-decided"),), choices=back_row())
    words: list[Words] = [msg("retract-sure" if view.in_reach else "retract-out-of-reach")]
    if not is_enough(view.story, view.me):
        words.append(msg("retract-needs-two"))
    return Prompt(
        text=tuple(words), choices=weighty(rows(("yes", msg("retract-yes")), (BACK, msg("retract-no"))), "yes")
    )


def _answer_retract(draft: Release, view: View | None, answer: Answer) -> Outcome:
    if view is None or view.story.status is not Status.PUBLISHED:
        return too_late(answer)
    if answer == Picked("yes"):
        done = is_enough(view.story, view.me)
        effect = Retract(story=draft.story, enough=done)
        return Go("release", draft, notice=msg("retract-done" if done else "retract-counted"), effects=(effect,))
    return otherwise(answer)


RETRACTING: Step[Release, View | None] = Step(
    name="retract", load=load_release, ask=_ask_retract, answer=_answer_retract
)
