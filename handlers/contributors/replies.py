"""An editor's question to an author, and the answer: neither sees the other, the bot carries the words."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Enter, Finish, Flow, Outcome, Prompt, Reads, Stay, Step, Wrote
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from bot.texts.rich import Rich, quote
from handlers.contributors.own import own_in_turn, own_story, story_id
from handlers.policy import LONGEST_ANSWER
from handlers.progress import note_progress
from storage.ids import QuestionId, StoryId
from storage.private import Private
from storage.questions import Question
from storage.story import OPEN


class Replying(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId = StoryId(b"")


class AnswerQuestion(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    question: QuestionId
    answer: Private[str]


async def _load(reads: Reads, draft: Replying) -> Question | None:
    """The first question that is still open. None when there is none, or nothing is decided by it any more."""
    story = await own_story(reads, draft.story)
    if story is None or story.status not in OPEN:
        return None
    return next((asked for asked in await reads.tx.questions.all(story) if asked.answer is None), None)


def _ask(_draft: Replying, question: Question | None) -> Prompt:
    if question is None:
        return Prompt(text=(msg("question-is-gone"),), choices=back_row())
    return Prompt(
        text=(msg("question-is"), quote(Rich.plain(question.question.reveal())), msg("question-how")),
        choices=rows((BACK, msg("question-later"))),
    )


def _answer(draft: Replying, question: Question | None, answer: Answer) -> Outcome:
    if question is None:
        return too_late(answer)
    match answer:
        case Wrote(text=text) if len(text.reveal()) > LONGEST_ANSWER:
            return Stay(notice=msg("answer-too-long", most=LONGEST_ANSWER))
        case Wrote(text=text):
            effect = AnswerQuestion(story=draft.story, question=question.id, answer=text)
            return Finish(notice=msg("question-answered"), effects=(effect,))
    return otherwise(answer)


async def answer_question(turn: Turn, effect: AnswerQuestion) -> None:
    story = await own_in_turn(turn, effect.story)
    if story is not None and await turn.tx.questions.answer(story, effect.question, effect.answer):
        await note_progress(turn, story)


async def open_question(_reads: Reads, argument: str) -> Outcome:
    """The button under "editors have a question"."""
    return Enter(flow=REPLYING.name, draft=Replying(story=story_id(argument)))


REPLYING = Flow(name="replying", draft=Replying, steps=(Step(name="question", load=_load, ask=_ask, answer=_answer),))
