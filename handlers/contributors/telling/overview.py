"""All answers at a glance, each to be opened and changed."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Bubble, Go, Outcome, Picked, Prompt, Words
from bot.flows.questions import BACK, back_row, rows
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.contributors.submission import DropFiles
from handlers.contributors.telling.answers import answers, text_of
from handlers.contributors.telling.asking import all_told
from handlers.contributors.telling.collecting import meanwhile, so_far
from handlers.contributors.telling.draft import Part, Telling
from handlers.questionnaires.questionnaire import Question, Questionnaire


# ── all of them ──────────────────────────────────────────────────────────────────────────────────────────────────
def ask_overview(draft: Telling, questionnaire: Questionnaire) -> Prompt:
    questions, given = questionnaire.questions, answers(draft, questionnaire)
    told = [question for question in questions if given[question.id]]
    options = [(f"={question.id}", _line(question, is_told=question in told)) for question in questions]
    return Prompt(
        text=(msg("tell-overview-count", answered=len(told), count=len(questions)), msg("tell-overview-how")),
        choices=rows(*options, ("done", msg("tell-done")), (BACK, msg("button-back"))),
    )


def _line(question: Question, *, is_told: bool) -> Words:
    name = question.title or question.ask
    return msg("tell-line-answered", name=name) if is_told else msg("tell-line-empty", name=name)


def answer_overview(draft: Telling, questionnaire: Questionnaire, answer: Answer) -> Outcome:
    match answer:
        case Picked("done"):
            return all_told(draft, questionnaire)
        case Picked(value):
            for question in questionnaire.questions:
                if value == f"={question.id}":
                    there = msgspec.structs.replace(draft, at=question.id)
                    return Go("answer" if answers(draft, questionnaire)[question.id] else "question", there)
    return meanwhile(draft, answer)


# ── one of them ──────────────────────────────────────────────────────────────────────────────────────────────────
def ask_answer(draft: Telling, questionnaire: Questionnaire) -> Prompt:
    answered = _here(draft, questionnaire)
    if not answered:  # its last words were edited away
        return Prompt(text=(msg("tell-answer-is-empty"),), choices=rows(("more", msg("tell-answer-more"))) + back_row())
    text = text_of(answered).reveal()
    return Prompt(
        before=(Bubble(text=Rich.plain(text)),) if text else (),
        text=(*so_far(answered), msg("tell-answer")),
        choices=rows(("more", msg("tell-answer-more")), ("anew", msg("tell-answer-anew"))) + back_row(),
    )


def answer_answer(draft: Telling, questionnaire: Questionnaire, answer: Answer) -> Outcome:
    match answer:
        case Picked("more"):
            return Go("question", draft)
        case Picked("anew"):
            gone = _here(draft, questionnaire)
            rest = tuple(part for part in draft.parts if part not in gone)
            files = DropFiles(files=tuple(part.file.blob for part in gone if part.file))
            return Go("question", msgspec.structs.replace(draft, parts=rest), effects=(files,))
    return meanwhile(draft, answer)


def _here(draft: Telling, questionnaire: Questionnaire) -> tuple[Part, ...]:
    return answers(draft, questionnaire)[questionnaire.at(draft.at).id]
