"""An author who does not agree says what shall be changed."""

from __future__ import annotations

from typing import Any

from bot.flows.flow import Answer, Finish, Outcome, Prompt, Reads, Stay, Step, Wrote
from bot.flows.questions import back_row, otherwise, too_late
from bot.texts.fluent import msg
from handlers.contributors.agreeing import AskForChanges, may_wish
from handlers.contributors.own import AboutAStory, own_story
from handlers.contributors.receipts.pasted import or_pasted
from handlers.policy import LONGEST_QUESTION


async def _load(reads: Reads, draft: AboutAStory) -> bool:
    story = await own_story(reads, draft.story)
    return story is not None and may_wish(story)


def _ask(_draft: AboutAStory, may_wish: bool) -> Prompt:
    return Prompt(text=(msg("consent-which-changes") if may_wish else msg("consent-is-gone"),), choices=back_row())


def _answer(draft: AboutAStory, may_wish: bool, answer: Answer) -> Outcome:
    if not may_wish:
        return too_late(answer)
    match answer:
        case Wrote(text=text) if len(text.reveal()) > LONGEST_QUESTION:
            return Stay(notice=msg("answer-too-long", most=LONGEST_QUESTION))
        case Wrote(text=text):
            effect = AskForChanges(story=draft.story, wish=text)
            return Finish(notice=or_pasted(text, msg("consent-changes-sent")), effects=(effect,))
    return otherwise(answer)


WISHING: Step[Any, bool] = Step(name="changes", load=_load, ask=_ask, answer=_answer)
