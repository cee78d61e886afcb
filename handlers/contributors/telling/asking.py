"""One question after the other, each answered with any number of messages."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Gave, Go, Option, Outcome, Picked, Prompt, Stay, Words, Wrote
from bot.flows.questions import back_row, rows
from bot.texts.fluent import msg
from bot.texts.rich import Rich, bold
from handlers.contributors.submission import DropFiles
from handlers.contributors.telling.answers import answers, first_unanswered, story_of_answers
from handlers.contributors.telling.collecting import collect, meanwhile, so_far
from handlers.contributors.telling.draft import Part, Telling
from handlers.questionnaires.questionnaire import Question, Questionnaire


def ask_question(draft: Telling, questionnaire: Questionnaire) -> Prompt:
    place = questionnaire.place(draft.at)
    question = questionnaire.questions[place]
    answered = answers(draft, questionnaire)[question.id]
    which = _which(questionnaire, place)
    choices = _choices(draft, questionnaire, place, answered)
    if answered:
        length = sum(len(part.text.reveal()) for part in answered)
        amount = "tell-so-far" if questionnaire.is_single else "tell-so-far-answer"
        text = (*which, msg(amount, characters=length), *so_far(answered), msg("tell-go-on"))
        return Prompt(text=text, choices=choices, follow=True)
    asked = (Rich.plain(question.ask),) if questionnaire.is_single else which
    help_ = (Rich.plain(question.help),) if question.help else ()
    how = (msg("tell-story-how"),) if not draft.parts and not place else ()
    return Prompt(text=(*asked, *help_, *how), choices=choices)


def _which(questionnaire: Questionnaire, place: int) -> tuple[Words, ...]:
    """The number and the words of a question that is one of several."""
    if questionnaire.is_single:
        return ()
    count = len(questionnaire.questions)
    return msg("tell-question", number=place + 1, count=count), bold(questionnaire.questions[place].ask)


def _choices(
    draft: Telling, questionnaire: Questionnaire, place: int, answered: tuple[Part, ...]
) -> tuple[tuple[Option, ...], ...]:
    is_last = place == len(questionnaire.questions) - 1
    options: list[tuple[str, Words]] = []
    if answered:
        options += [("on", msg("tell-done") if is_last else msg("tell-next")), ("undo", msg("tell-undo"))]
        if draft.rolls:
            options.append(("show", msg("tell-show")))
    elif questionnaire.questions[place].optional:
        options.append(("on", msg("tell-skip-question")))
    if place:
        options.append(("previous", msg("tell-previous")))
    if draft.parts and not questionnaire.is_single:
        options.append(("overview", msg("tell-overview")))
    if draft.parts or place:
        options.append(("pause", msg("tell-pause")))
    return rows(*options) + (() if place else back_row())


def answer_question(draft: Telling, questionnaire: Questionnaire, answer: Answer) -> Outcome:
    place = questionnaire.place(draft.at)
    question = questionnaire.questions[place]
    match answer:
        case Wrote() | Gave():
            return collect(draft, answer, question=question.id, for_editors=question.for_editors)
        case Picked("undo"):
            return _without_last(draft, answers(draft, questionnaire)[question.id])
        case Picked("show"):
            return Go("answer", _at(draft, question))
        case Picked("previous") if place:
            return Stay(draft=_at(draft, questionnaire.questions[place - 1]))
        case Picked("overview" | "pause" as step):
            return Go(step, draft)
        case Picked("on") if place < len(questionnaire.questions) - 1:
            return Stay(draft=_at(draft, questionnaire.questions[place + 1]))
        case Picked("on"):
            return all_told(draft, questionnaire)
    return meanwhile(draft, answer)


def all_told(draft: Telling, questionnaire: Questionnaire) -> Outcome:
    """On to what else must be known, or back to what is still missing."""
    missing = first_unanswered(draft, questionnaire)
    if missing is not None and not questionnaire.is_single:
        return Go("question", _at(draft, missing), notice=msg("tell-needs-answer"))
    if not story_of_answers(draft, questionnaire).reveal():
        return Go("question", draft, notice=msg("tell-needs-text"))
    return Go(draft.onward, draft)


def _without_last(draft: Telling, answered: tuple[Part, ...]) -> Outcome:
    if not answered:
        return Stay()
    last = answered[-1]
    shorter = msgspec.structs.replace(draft, parts=tuple(part for part in draft.parts if part is not last))
    return Stay(draft=shorter, effects=(DropFiles(files=(last.file.blob,) if last.file else ()),))


def _at(draft: Telling, question: Question) -> Telling:
    return msgspec.structs.replace(draft, at=question.id)
