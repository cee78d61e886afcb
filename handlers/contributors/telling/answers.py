"""A draft seen through its questionnaire: which message answers what, what becomes the story and what is a note."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.contributors.telling.draft import Part, Telling
from handlers.manuscript.sections import Section, written
from handlers.questionnaires.questionnaire import Question, Questionnaire
from storage.private import Private

Answers = Mapping[str, tuple[Part, ...]]
"""By the id of each question."""
_NO_QUESTION = ""


def answers(draft: Telling, questionnaire: Questionnaire) -> Answers:
    """A part whose question is no more answers the first of those that are for the same eyes.

    Where there is none for editors, what was written for them alone stands under the empty id.
    """
    places = {(question.id, question.for_editors): question.id for question in questionnaire.questions}
    first = {question.for_editors: question.id for question in reversed(questionnaire.questions)}
    found: dict[str, list[Part]] = {question.id: [] for question in questionnaire.questions}
    for part in draft.parts:
        otherwise = first.get(part.for_editors, _NO_QUESTION)
        found.setdefault(places.get((part.question, part.for_editors), otherwise), []).append(part)
    return {question: tuple(parts) for question, parts in found.items()}


def text_of(parts: tuple[Part, ...]) -> Private[str]:
    return Private("\n\n".join(part.text.reveal() for part in parts if part.text.reveal()))


def story_of_answers(draft: Telling, questionnaire: Questionnaire) -> Private[str]:
    """What is to be published: a section for each question that has an answer."""
    given = answers(draft, questionnaire)
    return written(
        Section(title=Private(question.title), text=text_of(given[question.id]))
        for question in questionnaire.questions
        if not question.for_editors
    )


def notes_of_answers(draft: Telling, questionnaire: Questionnaire) -> tuple[Private[str], ...]:
    """What only editors read: the question, and the answer below it."""
    given = answers(draft, questionnaire)
    asked = [(one.title or one.ask, one.id) for one in questionnaire.questions if one.for_editors]
    notes = [(title, text_of(given.get(question, ())).reveal()) for title, question in [*asked, ("", _NO_QUESTION)]]
    return tuple(Private(f"{title}\n{text}".strip()) for title, text in notes if text)


def first_unanswered(draft: Telling, questionnaire: Questionnaire) -> Question | None:
    """Of those that must be answered."""
    given = answers(draft, questionnaire)
    return next((one for one in questionnaire.questions if not one.optional and not given[one.id]), None)
