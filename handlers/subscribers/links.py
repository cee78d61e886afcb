"""Deep links: `t_<topic>` and `l_<language>` offer a subscription. Nobody is subscribed by opening one."""

from __future__ import annotations

from bot.flows.flow import Answer, Enter, Outcome, Picked, Prompt, Reads, Step, Words
from bot.flows.questions import back_row, otherwise, rows
from bot.texts.fluent import msg
from handlers.subscribers.often import how_often
from handlers.subscribers.subscription import Join, Pause
from handlers.subscribers.view import Reading, View, load_view, what_comes
from handlers.topics import READERS_TOPICS
from storage.rhythm import Rhythm

_FLOW = "reading"


def offered_by(payload: str, reads: Reads) -> Enter | None:
    """None when the payload is no such link, or names what there is not."""
    kind, _, name = payload.partition("_")
    if kind == "t" and name in READERS_TOPICS:
        return Enter(flow=_FLOW, step="confirm", draft=Reading(topic=name))
    if kind == "l" and name in reads.languages:
        return Enter(flow=_FLOW, step="confirm", draft=Reading(language=name))
    return None


def _language(draft: Reading, view: View) -> str:
    """Of the link; of the subscription that there is; of the device."""
    return draft.language or (view.reader.language if view.reader is not None else view.spoken)


def _has_it(draft: Reading, view: View) -> bool:
    if view.reader is None:
        return False
    return view.reader.language == _language(draft, view) and (not draft.topic or draft.topic in view.topics)


def _ask(draft: Reading, view: View) -> Prompt:
    if _has_it(draft, view):
        return Prompt(text=(msg("reader-has-it"),), choices=rows(("menu", msg("reader-menu"))) + back_row())
    words = (
        msg("reader-confirm"),
        *what_comes(view, _language(draft, view), _topics(draft, view)),
        *_replaced(draft, view),
        *how_often(_rhythm(view), view.spoken),
        msg("reader-leave-under"),
    )
    return Prompt(text=words, choices=rows(("yes", msg("reader-confirm-yes"))) + back_row())


def _replaced(draft: Reading, view: View) -> tuple[Words, ...]:
    """There is one language of stories: another ends with it."""
    if view.reader is None or view.reader.language == _language(draft, view):
        return ()
    return (msg("reader-replaces", language=view.name(view.reader.language)),)


def _rhythm(view: View) -> Rhythm:
    return view.reader.wishes.rhythm if view.reader is not None else Rhythm()


def _topics(draft: Reading, view: View) -> Words:
    chosen = view.reader.wishes.topics if view.reader is not None else None
    if not draft.topic:
        return msg("reader-all-topics") if chosen is None else msg("reader-some-topics", count=len(view.topics))
    if view.reader is None:
        return msg("reader-topic-is", topic=draft.topic)
    return msg("reader-all-topics") if chosen is None else msg("reader-topic-adds", topic=draft.topic)


def _answer(draft: Reading, view: View, answer: Answer) -> Outcome:
    match answer:
        case Picked("yes" | "menu") if _has_it(draft, view):
            return Enter(flow=_FLOW)
        case Picked("yes"):
            joined = Join(language=_language(draft, view), topic=draft.topic)
            return Enter(flow=_FLOW, effects=(joined, Pause(until=0)))
    return otherwise(answer)


CONFIRM_STEP = Step(name="confirm", load=load_view, ask=_ask, answer=_answer)
