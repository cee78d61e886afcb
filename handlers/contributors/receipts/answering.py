"""Whoever has the words answers the editors' questions, from any account.

The story's text is never shown by its receipt. A question is: it is the editors' words, and without it there is nothing
to answer. So editors are told, before they write it, who may read it; and an answer that came by the words says so to
them, because somebody else may have learned the words.
"""

from __future__ import annotations

from typing import Any

import msgspec

from bot.flows.flow import Answer, Go, Outcome, Picked, Prompt, Reads, Stay, Step, Wrote
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late
from bot.flows.turn import Turn
from bot.texts.fluent import Message, msg
from handlers.contributors.adding import added
from handlers.contributors.limits import may_be_added_to, no_addition
from handlers.contributors.receipts.found import Returning, found_story
from handlers.contributors.receipts.pasted import spoil_pasted
from handlers.contributors.replies import answered, asked
from handlers.contributors.waiting import open_questions
from handlers.editors.card import show_card
from storage.errors import Conflict
from storage.ids import QuestionId, StoryId
from storage.private import Private
from storage.questions import Question


class AnswerFound(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    question: QuestionId
    answer: Private[str]


class AddFound(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    text: Private[str]


# ── one question ─────────────────────────────────────────────────────────────────────────────────────────────────
async def _load(reads: Reads, draft: Returning) -> list[Question]:
    story = await found_story(reads, draft)
    return [] if story is None else await open_questions(reads, story)


def _ask(_draft: Returning, questions: list[Question]) -> Prompt:
    if not questions:
        return Prompt(text=(msg("question-is-gone"),), choices=back_row(), follow=True)
    return Prompt(
        text=(*asked(questions), msg("return-answer-how")),
        choices=rows((BACK, msg("question-later"))),
        follow=True,
    )


def _answer(draft: Returning, questions: list[Question], answer: Answer) -> Outcome:
    if not questions:
        return too_late(answer)
    if isinstance(answer, Wrote):
        effect = AnswerFound(story=draft.story, question=questions[0].id, answer=answer.text)
        return answered(draft, answer.text, effect)
    return otherwise(answer)


ANSWERING: Step[Any, list[Question]] = Step(name="question", load=_load, ask=_ask, answer=_answer)


# ── answered ─────────────────────────────────────────────────────────────────────────────────────────────────────
async def _load_answered(reads: Reads, draft: Returning) -> Message | None:
    """Why nothing can be added; None: it can."""
    return await no_addition(reads, await found_story(reads, draft))


def _ask_answered(_draft: Returning, refusal: Message | None) -> Prompt:
    """A step of its own: a second message must not answer the next question."""
    return Prompt(
        text=(refusal or msg("question-more"),), choices=rows(("standing", msg("question-done"))), follow=True
    )


def _answer_answered(draft: Returning, refusal: Message | None, answer: Answer) -> Outcome:
    match answer:
        case Wrote(text=text) if refusal is None:
            return added(text, AddFound(story=draft.story, text=text))
        case Wrote():
            return Stay()
        case Picked("standing"):
            return Go("standing", draft)
    return otherwise(answer)


ANSWERED: Step[Any, Message | None] = Step(
    name="answered", load=_load_answered, ask=_ask_answered, answer=_answer_answered
)


async def answer_found(turn: Turn, effect: AnswerFound) -> None:
    story = await turn.tx.stories.find(effect.story)
    if story is None or not may_be_added_to(story):
        raise Conflict("The story has moved on in the same moment.")
    if not await turn.tx.questions.answer(story, effect.question, effect.answer, by_receipt=True):
        raise Conflict("That question does not wait any more.")
    await spoil_pasted(turn, effect.answer)
    await show_card(turn, story)


async def add_found(turn: Turn, effect: AddFound) -> None:
    story = await turn.tx.stories.find(effect.story)
    if story is None or not may_be_added_to(story):
        raise Conflict("The story has moved on in the same moment.")
    await turn.tx.questions.note(story, effect.text, by_receipt=True)
    await spoil_pasted(turn, effect.text)
    await show_card(turn, story)
