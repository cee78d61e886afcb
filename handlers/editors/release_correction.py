"""A correction that waits: a second editor reads what changes, and confirms it or drops it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.flows.flow import Answer, Bubble, Go, Outcome, Picked, Prompt, Reads, Stay, Step, Words
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late
from bot.texts.fluent import Message, msg
from bot.texts.rich import Rich
from handlers.editors.release_view import Release, View, load_release
from handlers.manuscript.changes import changes
from handlers.manuscript.told import told
from handlers.publication.correcting import Confirm, Drop, may_confirm
from storage.story import Correction


def correction_stands(view: View, correction: Correction) -> Message:
    if not may_confirm(correction):
        return msg("correction-waits-for-author")
    if correction.editor == view.me:
        return msg("correction-waits-for-another")
    return msg("correction-waits-for-you")


@dataclass(frozen=True, kw_only=True)
class Waiting:
    view: View
    correction: Correction
    changes: tuple[Rich, ...]

    @property
    def may_be_confirmed(self) -> bool:
        return may_confirm(self.correction) and self.correction.editor != self.view.me


async def _load_correction(reads: Reads, draft: Release) -> Waiting | None:
    view = await load_release(reads, draft)
    correction = view.story.details.correction if view is not None else None
    if view is None or correction is None or view.story.details.published is None:
        return None
    was = await reads.tx.stories.text(view.story, view.story.details.published)
    now = await reads.tx.stories.text(view.story, correction.version)
    return Waiting(
        view=view,
        correction=correction,
        changes=tuple(told(reads, change) for change in changes(was, now)),
    )


def _done(view: View) -> Message:
    """What has become of the messages in the channels, if there are any."""
    if not view.story.details.posts:
        return msg("correction-saved")
    return msg("correction-done" if view.in_reach else "correction-done-out-of-reach")


def _ask_correction(_draft: Release, waiting: Waiting | None) -> Prompt:
    if waiting is None:
        return Prompt(text=(msg("correction-is-decided"),), choices=back_row())
    correction = waiting.correction
    options: list[tuple[str, Words]] = []
    if waiting.may_be_confirmed:
        options.append((f"confirm-{correction.version}", msg("correction-confirm")))
    options.append((f"drop-{correction.version}", msg("correction-drop")))
    return Prompt(
        before=tuple(Bubble(text=change) for change in waiting.changes),
        text=(correction_stands(waiting.view, correction),),
        choices=rows(*options, (BACK, msg("button-back"))),
    )


def _answer_correction(draft: Release, waiting: Waiting | None, answer: Answer) -> Outcome:
    if waiting is None:
        return too_late(answer)
    correction = waiting.correction
    match answer:
        case Picked(value) if value == f"confirm-{correction.version}" and waiting.may_be_confirmed:
            effect = Confirm(story=draft.story, version=correction.version)
            return Go("release", draft, notice=_done(waiting.view), effects=(effect,))
        case Picked(value) if value == f"drop-{correction.version}":
            dropped = Drop(story=draft.story, version=correction.version)
            return Go("release", draft, notice=msg("correction-dropped"), effects=(dropped,))
        case Picked(value) if value != BACK:
            return Stay(notice=msg("desk-has-changed"))
    return otherwise(answer)


CORRECTION: Step[Release, Waiting | None] = Step(
    name="correction", load=_load_correction, ask=_ask_correction, answer=_answer_correction
)
