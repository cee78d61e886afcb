"""The reader's menu: subscribe, choose what comes and how often, pause, leave."""

from __future__ import annotations

from bot.flows.flow import Answer, Enter, Finish, Flow, Go, Outcome, Picked, Prompt, Reads, Stay, Step, Words
from bot.flows.questions import back_row, otherwise, rows
from bot.texts.fluent import msg
from handlers.subscribers.choosing import KEPT_STEP, LANGUAGE_STEP, PAUSE_STEP, TOPICS_STEP, language_rows
from handlers.subscribers.latest import LATEST
from handlers.subscribers.links import CONFIRM_STEP
from handlers.subscribers.often import how_often
from handlers.subscribers.quiet import QUIET_END_STEP, QUIET_STEP
from handlers.subscribers.rhythm import HOUR_STEP, RHYTHM_STEP, WEEKDAY_STEP
from handlers.subscribers.subscription import ComeBack, Join, Leave, Pause
from handlers.subscribers.unlisting import LEFT_STEP, Relist
from handlers.subscribers.view import Reading, View, load_view, what_comes
from handlers.subscribers.zone import ZONE_STEP
from storage.subscriber import Subscriber


def _ask(_draft: Reading, view: View) -> Prompt:
    latest = rows(("latest", msg("reader-latest")))
    if view.reader is None:
        unlisted = (msg("unlisted"),) if view.is_unlisted else ()
        relist = rows(("relist", msg("unlist-undo"))) if view.is_unlisted else ()
        return Prompt(text=(msg("reader-offer"), *unlisted), choices=language_rows(view) + latest + relist + back_row())
    pause = ("resume", msg("reader-resume")) if view.is_paused else ("pause", msg("reader-pause"))
    choices = rows(
        ("topics", msg("reader-topics")),
        ("language", msg("reader-other-language")),
        ("rhythm", msg("reader-rhythm")),
        pause,
        ("kept", msg("reader-kept")),
        ("leave", msg("button-leave")),
    )
    return Prompt(text=_standing(view, view.reader), choices=latest + choices + back_row())


def _standing(view: View, reader: Subscriber) -> tuple[Words, ...]:
    topics = msg("reader-all-topics")
    if reader.wishes.topics is not None:
        topics = msg("reader-some-topics", count=len(view.topics))
    lines = (msg("reader-subscribed"), *what_comes(view, reader.language, topics))
    if not view.is_paused:
        return (
            *lines,
            *how_often(reader.wishes.rhythm, view.spoken),
            msg("reader-leave-under"),
            *_room(view, reader.language),
        )
    if view.paused_until is None:
        return (*lines, msg("reader-paused-until-return"))
    return (*lines, msg("reader-paused", day=view.paused_until))


def _room(view: View, language: str) -> tuple[Words, ...]:
    """For whoever would rather join: what that shows to others is said along."""
    link = view.joinable.get(language)
    return () if link is None else (msg("reader-room", link=link),)


def _answer(draft: Reading, view: View, answer: Answer) -> Outcome:
    match answer:
        case Picked("latest"):
            return Enter(flow=LATEST.name)
        case Picked(language) if view.reader is None and language in view.languages:
            return Stay(effects=(Join(language=language),))
        case Picked("topics" | "language" | "rhythm" | "pause" | "kept" as step):
            return Go(step, draft)
        case Picked("resume"):
            return Stay(effects=(Pause(until=0),))
        case Picked("leave"):
            return _left(draft, view)
        case Picked("relist") if view.is_unlisted:
            return Stay(notice=msg("unlist-undone"), effects=(Relist(),))
    return otherwise(answer)


def _left(draft: Reading, view: View) -> Outcome:
    if view.is_unlisted:
        return Finish(notice=msg("reader-left-unlisted"), effects=(Leave(),))
    return Go("left", draft, effects=(Leave(),))


READING: Flow[Reading] = Flow(
    name="reading",
    draft=Reading,
    steps=(
        Step(name="menu", load=load_view, ask=_ask, answer=_answer),
        TOPICS_STEP,
        LANGUAGE_STEP,
        RHYTHM_STEP,
        WEEKDAY_STEP,
        ZONE_STEP,
        HOUR_STEP,
        QUIET_STEP,
        QUIET_END_STEP,
        PAUSE_STEP,
        KEPT_STEP,
        CONFIRM_STEP,
        LEFT_STEP,
    ),
)


def to_reading() -> Enter:
    """Whoever comes here has come back: a pause until then is over."""
    return Enter(flow=READING.name, effects=(ComeBack(),))


async def open_reading(_reads: Reads, _argument: str) -> Outcome:
    return to_reading()
