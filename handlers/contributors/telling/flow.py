"""Tell a story: the honest words, any number of messages and photos, a name, a last look, off it goes."""

from __future__ import annotations

from bot.flows.flow import Answer, Bubble, Flow, Go, Outcome, Picked, Prompt, Step, nothing
from bot.flows.questions import BACK, back_row, rows
from bot.texts.fluent import msg
from handlers.contributors.telling.collecting import answer_story, ask_story, meanwhile
from handlers.contributors.telling.draft import Telling, abandoned
from handlers.contributors.telling.naming import answer_byline, answer_name, ask_byline, ask_name
from handlers.contributors.telling.reviewing import (
    answer_discard,
    answer_photos,
    answer_review,
    ask_discard,
    ask_photos,
    ask_review,
)
from handlers.policy import DRAFT_SECONDS


def _ask_safety(_draft: Telling, _view: None) -> Prompt:
    return Prompt(
        before=(Bubble(text=msg("tell-safety-editors")),),
        text=(msg("tell-safety-platform"), msg("trial")),
        choices=rows(("begin", msg("tell-begin"))) + back_row(),
    )


def _answer_safety(draft: Telling, _view: None, answer: Answer) -> Outcome:
    match answer:
        case Picked("begin"):
            return Go("story", draft)
        case Picked(value) if value == BACK and draft.parts:  # begun at home: it is not thrown away by going back
            return Go("discard", draft)
    return meanwhile(draft, answer)


TELLING = Flow(
    name="telling",
    draft=Telling,
    precious=lambda _draft: DRAFT_SECONDS,
    abandoned=abandoned,
    steps=(
        Step(name="safety", load=nothing, ask=_ask_safety, answer=_answer_safety),
        Step(name="story", load=nothing, ask=ask_story, answer=answer_story),
        Step(name="name", load=nothing, ask=ask_name, answer=answer_name),
        Step(name="byline", load=nothing, ask=ask_byline, answer=answer_byline),
        Step(name="photos", load=nothing, ask=ask_photos, answer=answer_photos),
        Step(name="review", load=nothing, ask=ask_review, answer=answer_review),
        Step(name="discard", load=nothing, ask=ask_discard, answer=answer_discard),
    ),
)
