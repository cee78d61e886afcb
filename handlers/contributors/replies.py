"""Editors' questions to an author, one at a time: neither sees the other, the bot carries the words."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Enter, Finish, Flow, Go, Outcome, Picked, Prompt, Reads, Stay, Step, Words, Wrote
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late
from bot.flows.turn import Turn
from bot.texts.fluent import Message, msg
from bot.texts.rich import Rich, quote
from handlers.contributors.adding import add_or_say_why
from handlers.contributors.contacting import SetContact, load_reachable
from handlers.contributors.limits import no_addition
from handlers.contributors.own import own_in_turn, own_story, story_id
from handlers.contributors.receipts.pasted import or_pasted, spoil_pasted
from handlers.contributors.waiting import open_questions
from handlers.editors.card import show_card
from handlers.policy import LONGEST_ANSWER
from storage.errors import Conflict
from storage.ids import QuestionId, StoryId
from storage.private import Private
from storage.questions import Question
from storage.story import OPEN, Contact, Story


class Replying(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId = StoryId(b"")


class AnswerQuestion(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    question: QuestionId
    answer: Private[str]


class SkipQuestion(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    question: QuestionId


async def _load(reads: Reads, draft: Replying) -> list[Question]:
    """Those that wait; none when nothing is decided by them any more."""
    story = await own_story(reads, draft.story)
    return [] if story is None else await open_questions(reads, story)


def _is_open(story: Story) -> bool:
    return story.status in OPEN


# ── one question ─────────────────────────────────────────────────────────────────────────────────────────────────
def _ask(_draft: Replying, questions: list[Question]) -> Prompt:
    if not questions:
        return Prompt(text=(msg("question-is-gone"),), choices=back_row())
    return Prompt(
        text=asked(questions),
        choices=rows((BACK, msg("question-later")), ("skip", msg("question-skip")), ("never", msg("question-never"))),
    )


def asked(questions: list[Question]) -> tuple[Words, ...]:
    """The first of those that wait, and how to answer it."""
    opening = msg("question-is") if len(questions) == 1 else msg("question-is-first", questions=len(questions))
    return opening, quote(Rich.plain(questions[0].question.reveal())), msg("question-how")


def _answer(draft: Replying, questions: list[Question], answer: Answer) -> Outcome:
    if not questions:
        return too_late(answer)
    match answer:
        case Wrote(text=text):
            return answered(draft, text, AnswerQuestion(story=draft.story, question=questions[0].id, answer=text))
        case Picked("skip"):
            skip = SkipQuestion(story=draft.story, question=questions[0].id)
            return Go("answered", draft, notice=msg("question-skipped"), effects=(skip,))
        case Picked("never"):
            return Go("never", draft)
    return otherwise(answer)


def answered(draft: object, text: Private[str], effect: object) -> Outcome:
    """`effect` takes the answer to the editors."""
    if len(text.reveal()) > LONGEST_ANSWER:
        return Stay(notice=msg("answer-too-long", most=LONGEST_ANSWER))
    return Go("answered", draft, notice=or_pasted(text, msg("question-answered")), effects=(effect,))


# ── answered ─────────────────────────────────────────────────────────────────────────────────────────────────────
async def _load_answered(reads: Reads, draft: Replying) -> tuple[bool, Message | None]:
    """Whether there is a next question, and why nothing can be added (None: it can)."""
    return bool(await _load(reads, draft)), await no_addition(reads, await own_story(reads, draft.story))


def _ask_answered(_draft: Replying, view: tuple[bool, Message | None]) -> Prompt:
    """A step of its own: who answers in two messages must not have answered the next question with the second; and
    who skipped by mistake can still say it."""
    has_next, refusal = view
    options: list[tuple[str, Words]] = [("next", msg("question-next"))] if has_next else []
    return Prompt(
        text=(refusal or msg("question-more"),),
        choices=rows(*options, ("done", msg("question-done"))),
    )


def _answer_answered(draft: Replying, view: tuple[bool, Message | None], answer: Answer) -> Outcome:
    has_next, refusal = view
    match answer:
        case Wrote(text=text) if refusal is None:
            return add_or_say_why(draft.story, text)
        case Wrote():
            return Stay()
        case Picked("next") if has_next:
            return Go("question", draft)
        case Picked("next" | "done"):
            return Finish()
    return otherwise(answer)


# ── never again ──────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_never(_draft: Replying, story: Story | None) -> Prompt:
    if story is None:
        return Prompt(text=(msg("question-is-gone"),), choices=back_row())
    return Prompt(
        text=(msg("question-never-sure"),),
        choices=rows(("never", msg("question-never-yes")), (BACK, msg("button-back"))),
    )


def _answer_never(draft: Replying, story: Story | None, answer: Answer) -> Outcome:
    if story is None:
        return too_late(answer)
    if answer == Picked("never"):
        effect = SetContact(story=draft.story, contact=Contact.NEVER)
        return Finish(notice=msg("question-never-done"), effects=(effect,))
    return otherwise(answer)


async def answer_question(turn: Turn, effect: AnswerQuestion) -> None:
    story = await own_in_turn(turn, effect.story, _is_open)
    if not await turn.tx.questions.answer(story, effect.question, effect.answer):
        raise Conflict("That question does not wait any more.")
    await spoil_pasted(turn, effect.answer)
    await show_card(turn, story)


async def skip_question(turn: Turn, effect: SkipQuestion) -> None:
    story = await own_in_turn(turn, effect.story, _is_open)
    if not await turn.tx.questions.skip(story, effect.question):
        raise Conflict("That question does not wait any more.")
    await show_card(turn, story)


async def open_question(_reads: Reads, argument: str) -> Outcome:
    """The button under "editors have a question"."""
    return Enter(flow=REPLYING.name, draft=Replying(story=story_id(argument)))


REPLYING = Flow(
    name="replying",
    draft=Replying,
    steps=(
        Step(name="question", load=_load, ask=_ask, answer=_answer),
        Step(name="answered", load=_load_answered, ask=_ask_answered, answer=_answer_answered),
        Step(name="never", load=load_reachable, ask=_ask_never, answer=_answer_never),
    ),
)
