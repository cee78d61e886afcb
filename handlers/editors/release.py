"""A story that two editors have approved: when it comes out, and what can still be done once it is out."""

from __future__ import annotations

from bot.flows.flow import Answer, Audience, Enter, Flow, Go, Outcome, Picked, Prompt, Stay, Step, Words
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late, weighty
from bot.texts.fluent import msg
from handlers.editors.opened import to_desk
from handlers.editors.release_correcting import CORRECTING
from handlers.editors.release_correcting_draft import Correcting
from handlers.editors.release_correction import CORRECTION, correction_stands
from handlers.editors.release_lines import comes_out
from handlers.editors.release_retracting import RETRACTING
from handlers.editors.release_time import TIME
from handlers.editors.release_view import RELEASE_NAME, Release, View, load_release
from handlers.editors.roles import Deed, may
from handlers.policy import EDITOR_WIPE_SECONDS
from handlers.publication.schedule import Stop, Urge
from storage.ids import StoryId
from storage.story import Status


def to_release(story: StoryId) -> Enter:
    return Enter(flow=RELEASE_NAME, draft=Release(story=story))


def _ask(_draft: Release, view: View | None) -> Prompt:
    if view is None:
        return Prompt(text=(msg("desk-no-story"),), choices=back_row())
    text, _ = _standing(view)
    options = _offered(view)
    choices = weighty(rows(*options, _TO_DESK), "today")
    return Prompt(text=(msg("card-title", alias=view.story.details.alias), *text), choices=choices)


_TO_DESK: tuple[str, Words] = (BACK, msg("desk-again"))


def _standing(view: View) -> tuple[tuple[Words, ...], tuple[tuple[str, Words], ...]]:
    """What is said, and what can be done."""
    story, details = view.story, view.story.details
    match story.status:
        case Status.SCHEDULED:
            return _waiting(view)
        case Status.PUBLISHED:
            words: list[Words] = [msg("release-published", day=story.since)]
            if details.wishes_retraction:
                words.append(msg("retract-author-wishes"))
            elif details.retracts is not None:
                words.append(msg("retract-by-you" if details.retracts == view.me else "retract-by-another"))
            options: list[tuple[str, Words]] = [("correct", msg("release-correct"))]
            if details.correction is not None:
                words.append(correction_stands(view, details.correction))
                options = [("correction", msg("correction-open"))]
            if details.retracts != view.me or details.wishes_retraction:
                options.append(("retract", msg("release-retract")))
            return tuple(words), tuple(options)
        case Status.RETRACTED:
            return (msg("release-retracted", day=story.since),), ()
    return (msg("release-is-not-ready"),), ()


_DEEDS = {
    "time": Deed.RELEASE,
    "today": Deed.RELEASE,
    "stop": Deed.RELEASE,
    "correct": Deed.CORRECT,
    "correction": Deed.CORRECT,
    "retract": Deed.RETRACT,
}


def _offered(view: View) -> list[tuple[str, Words]]:
    """What this editor may do of it."""
    return [(value, label) for value, label in _standing(view)[1] if may(view.role, _DEEDS[value.partition("-")[0]])]


def _waiting(view: View) -> tuple[tuple[Words, ...], tuple[tuple[str, Words], ...]]:
    details = view.story.details
    words: list[Words] = [comes_out(view.story)]
    options: list[tuple[str, Words]] = [("time", msg("release-other-time"))]
    if details.urges is not None:
        words.append(msg("release-urged-by-you" if details.urges == view.me else "release-urged-by-another"))
    if details.urges != view.me:
        options.append((f"today-{details.offered}", msg("release-today")))
    return tuple(words), (*options, ("stop", msg("release-stop")))


def _answer(draft: Release, view: View | None, answer: Answer) -> Outcome:
    if answer == Picked(BACK):
        return to_desk(draft.story)
    if view is None:
        return too_late(answer)
    offered = {value for value, _ in _offered(view)}
    match answer:
        case Picked(value) if value not in offered:
            return Stay(notice=msg("desk-has-changed"))
        case Picked("time" | "retract" | "correction" as step):
            return Go(step, draft)
        case Picked("correct"):
            return Enter(
                flow=CORRECTING.name, draft=Correcting(story=draft.story, base=view.story.details.published or 0)
            )
        case Picked("stop"):
            return Stay(notice=msg("release-stopped"), effects=(Stop(story=draft.story),))
        case Picked():
            enough = view.story.details.urges is not None
            effect = Urge(story=draft.story, version=view.story.details.offered or 0, enough=enough)
            return Stay(notice=msg("release-is-out" if enough else "release-urge-counted"), effects=(effect,))
    return otherwise(answer)


RELEASE = Flow(
    name=RELEASE_NAME,
    draft=Release,
    audience=Audience.EDITORS,
    wipe_after=EDITOR_WIPE_SECONDS,
    protect=True,
    steps=(
        Step(name=RELEASE_NAME, load=load_release, ask=_ask, answer=_answer),
        TIME,
        RETRACTING,
        CORRECTION,
    ),
)
