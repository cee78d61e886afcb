"""What an author adds unasked after sending. It stands among the answers, where editors look."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.flows.flow import Answer, Outcome, Prompt, Reads, Stay, Step, Wrote
from bot.flows.questions import back_row, otherwise, too_late
from bot.flows.turn import Turn
from bot.texts.fluent import Message, msg
from handlers.contributors.limits import may_be_added_to, no_addition
from handlers.contributors.own import AboutAStory, own_in_turn, own_story
from handlers.contributors.receipts.pasted import or_pasted, spoil_pasted
from handlers.editors.card import show_card
from handlers.policy import LONGEST_ANSWER
from storage.ids import StoryId
from storage.private import Private


class Add(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    text: Private[str]


async def _load(reads: Reads, draft: AboutAStory) -> Message | None:
    """Why nothing can be added; None: it can."""
    return await no_addition(reads, await own_story(reads, draft.story))


def _ask(_draft: AboutAStory, refusal: Message | None) -> Prompt:
    return Prompt(text=(refusal or msg("add-what"),), choices=back_row())


def _answer(draft: AboutAStory, refusal: Message | None, answer: Answer) -> Outcome:
    if refusal is not None:
        return too_late(answer)
    if isinstance(answer, Wrote):
        return add_or_say_why(draft.story, answer.text)
    return otherwise(answer)


def add_or_say_why(story: StoryId, text: Private[str]) -> Outcome:
    """Any number of messages, each is kept at once."""
    return added(text, Add(story=story, text=text))


def added(text: Private[str], effect: object) -> Outcome:
    if len(text.reveal()) > LONGEST_ANSWER:
        return Stay(notice=msg("answer-too-long", most=LONGEST_ANSWER))
    return Stay(notice=or_pasted(text, msg("add-done")), effects=(effect,))


ADDING: Step[Any, Message | None] = Step(name="add", load=_load, ask=_ask, answer=_answer)
"""Of every flow whose draft names a story."""


async def add(turn: Turn, effect: Add) -> None:
    story = await own_in_turn(turn, effect.story, may_be_added_to)
    await turn.tx.questions.note(story, effect.text)
    await spoil_pasted(turn, effect.text)
    await show_card(turn, story)
