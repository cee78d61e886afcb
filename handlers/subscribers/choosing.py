"""What a reader can choose: the topics, the language of the stories, a pause; and what is kept about them."""

from __future__ import annotations

from bot.flows.flow import Answer, Enter, Go, Option, Outcome, Picked, Prompt, Stay, Step
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late
from bot.texts.fluent import msg
from handlers.languages import own_name
from handlers.own_data.asking import DATA
from handlers.subscribers.subscription import ChooseTopics, Join, Pause
from handlers.subscribers.view import Reading, View, load_view, not_subscribed
from handlers.topics import READERS_TOPICS
from storage.clock import DAY
from storage.subscriber import UNTIL_RETURN

WEEK, MONTH = 7 * DAY, 30 * DAY


# ── topics ───────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_topics(_draft: Reading, view: View) -> Prompt:
    if view.reader is None:
        return not_subscribed()
    options = [
        (topic, msg("reader-topic-on" if topic in view.topics else "reader-topic-off", topic=topic))
        for topic in READERS_TOPICS
    ]
    every = () if view.reader.wishes.topics is None else rows(("all", msg("reader-every-topic")))
    return Prompt(text=(msg("reader-which-topics"),), choices=rows(*options) + every + rows((BACK, msg("reader-done"))))


def _answer_topics(_draft: Reading, view: View, answer: Answer) -> Outcome:
    if view.reader is None:
        return too_late(answer)
    match answer:
        case Picked("all"):
            return Stay(effects=(ChooseTopics(topics=None),))
        case Picked(topic) if topic in READERS_TOPICS:
            chosen = tuple(one for one in READERS_TOPICS if (one in view.topics) != (one == topic))
            if not chosen:
                return Stay(notice=msg("reader-topic-is-last"))
            return Stay(effects=(ChooseTopics(topics=None if chosen == READERS_TOPICS else chosen),))
    return otherwise(answer)


TOPICS_STEP = Step(name="topics", load=load_view, ask=_ask_topics, answer=_answer_topics)


# ── the language of the stories ──────────────────────────────────────────────────────────────────────────────────
def language_rows(view: View, *, without: str = "") -> tuple[tuple[Option, ...], ...]:
    """Each by its own name."""
    return tuple(
        (Option(language, msg("reader-in-language", language=own_name(language))),)
        for language in view.languages
        if language != without
    )


def _ask_language(_draft: Reading, view: View) -> Prompt:
    if view.reader is None:
        return not_subscribed()
    choices = language_rows(view, without=view.reader.language)
    return Prompt(text=(msg("reader-which-language"),), choices=choices + back_row())


def _answer_language(draft: Reading, view: View, answer: Answer) -> Outcome:
    if view.reader is None:
        return too_late(answer)
    match answer:
        case Picked(language) if language in view.languages:
            return Go("menu", draft, effects=(Join(language=language),))
    return otherwise(answer)


LANGUAGE_STEP = Step(name="language", load=load_view, ask=_ask_language, answer=_answer_language)


# ── a pause ──────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_pause(_draft: Reading, view: View) -> Prompt:
    if view.reader is None:
        return not_subscribed()
    choices = rows(
        ("week", msg("reader-pause-week")),
        ("month", msg("reader-pause-month")),
        ("return", msg("reader-pause-return")),
    )
    return Prompt(text=(msg("reader-which-pause"),), choices=choices + back_row())


def _answer_pause(draft: Reading, view: View, answer: Answer) -> Outcome:
    if view.reader is None:
        return too_late(answer)
    ends = {"week": view.now + WEEK, "month": view.now + MONTH, "return": UNTIL_RETURN}
    match answer:
        case Picked(value) if value in ends:
            return Go("menu", draft, effects=(Pause(until=ends[value]),))
    return otherwise(answer)


PAUSE_STEP = Step(name="pause", load=load_view, ask=_ask_pause, answer=_answer_pause)


# ── what is kept ─────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_kept(_draft: Reading, view: View) -> Prompt:
    choices = rows(("data", msg("data-all"))) + back_row()
    unlisted = (msg("unlisted"),) if view.is_unlisted else ()
    if view.reader is None:
        return Prompt(text=(msg("reader-is-none"), *unlisted), choices=choices)
    return Prompt(text=(msg("reader-keeps"), msg("reader-keeps-not"), *unlisted), choices=choices)


def _answer_kept(_draft: Reading, _view: View, answer: Answer) -> Outcome:
    return Enter(flow=DATA.name) if answer == Picked("data") else otherwise(answer)


KEPT_STEP = Step(name="kept", load=load_view, ask=_ask_kept, answer=_answer_kept)
