"""Putting the story off: until when the draft waits, and how to make it wait longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec

from bot.flows.flow import Answer, Gave, Go, Outcome, Picked, Prompt, Stay, Wrote
from bot.flows.questions import BACK, rows
from bot.texts.fluent import msg
from handlers.contributors.telling.collecting import collect, meanwhile
from handlers.contributors.telling.draft import Telling
from handlers.questionnaires.questionnaire import Questionnaire


@dataclass(frozen=True, kw_only=True)
class Waiting:
    until: datetime
    """UTC; never earlier does the draft go"""
    questionnaire: Questionnaire


def ask_pause(draft: Telling, view: Waiting) -> Prompt:
    kept = msg("tell-pause-week", until=view.until) if draft.keeps_long else msg("tell-pause-day", until=view.until)
    week = () if draft.keeps_long else rows(("week", msg("tell-keep-week")))
    rolling = rows(("rolling", msg("tell-rolling-off") if draft.rolls else msg("tell-rolling-on")))
    rest = rows((BACK, msg("tell-pause-back")), ("discard", msg("tell-discard")))
    return Prompt(text=(kept, msg("tell-pause-how")), choices=week + rolling + rest)


def answer_pause(draft: Telling, view: Waiting, answer: Answer) -> Outcome:
    match answer:
        case Picked("week"):
            return Stay(draft=msgspec.structs.replace(draft, keeps_long=True))
        case Picked("rolling"):
            notice = msg("tell-rolls-no-more") if draft.rolls else msg("tell-rolls")
            return Stay(draft=msgspec.structs.replace(draft, rolls=not draft.rolls), notice=notice)
        case Picked("discard"):
            return Go("discard", draft)
        case Wrote() | Gave():  # who comes back and goes on writing need not press anything
            question = view.questionnaire.at(draft.at)
            kept = collect(draft, answer, question=question.id, for_editors=question.for_editors)
            return Go("question", kept.draft or draft, notice=kept.notice, effects=kept.effects)
    return meanwhile(draft, answer)
