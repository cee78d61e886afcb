"""A published story whose author wants it down again. Editors do it: one of them is enough then."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.flows.flow import Answer, Go, Outcome, Picked, Prompt, Reads, Stay, Step, Wrote
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late, weighty
from bot.flows.turn import Turn
from bot.texts.fluent import Language, msg
from handlers.contributors.own import AboutAStory, own_in_turn, own_story
from handlers.editors.card import show_card
from handlers.policy import EDITORS_LANGUAGE, LONGEST_QUESTION
from storage.ids import StoryId
from storage.private import Private
from storage.story import Status, Story


class AskToTakeDown(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    why: Private[str] | None


def may_be_taken_down(story: Story) -> bool:
    return story.status is Status.PUBLISHED and not story.details.wishes_retraction


async def _load(reads: Reads, draft: AboutAStory) -> Story | None:
    return await own_story(reads, draft.story)


def _ask(_draft: AboutAStory, story: Story | None) -> Prompt:
    if story is None or not may_be_taken_down(story):
        return Prompt(text=(msg("take-down-is-late"),), choices=back_row())
    return Prompt(
        text=(msg("take-down-how"), msg("take-down-why")),
        choices=weighty(rows(("ask", msg("take-down-yes")), (BACK, msg("take-down-no"))), "ask"),
    )


def _answer(draft: Any, story: Story | None, answer: Answer) -> Outcome:
    if story is None or not may_be_taken_down(story):
        return too_late(answer)
    match answer:
        case Wrote(text=text) if len(text.reveal()) > LONGEST_QUESTION:
            return Stay(notice=msg("answer-too-long", most=LONGEST_QUESTION))
        case Wrote(text=text):
            return _asked(draft, text)
        case Picked("ask"):
            return _asked(draft, None)
    return otherwise(answer)


def _asked(draft: Any, why: Private[str] | None) -> Outcome:
    return Go("story", draft, notice=msg("take-down-asked"), effects=(AskToTakeDown(story=draft.story, why=why),))


TAKING_DOWN: Step[Any, Story | None] = Step(name="take-down", load=_load, ask=_ask, answer=_answer)


async def ask_to_take_down(turn: Turn, effect: AskToTakeDown) -> None:
    story = await own_in_turn(turn, effect.story, may_be_taken_down)
    plain = turn.words(story.details.origin, Language(EDITORS_LANGUAGE), msg("take-down-note"))
    await turn.tx.questions.note(story, effect.why or Private(plain.text))
    details = msgspec.structs.replace(story.details, wishes_retraction=True)
    await show_card(turn, await turn.tx.stories.amend(story, details))
