"""The author reads the final text as it will look, and agrees, asks for changes, or takes the story back."""

from __future__ import annotations

import msgspec

from bot.flows.flow import (
    Answer,
    Bubble,
    Enter,
    Finish,
    Flow,
    Go,
    Outcome,
    Picked,
    Prompt,
    Reads,
    Stay,
    Step,
    Wrote,
)
from bot.flows.questions import BACK, back_row, otherwise, rows, too_late
from bot.flows.turn import Turn
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.contributors.own import own_in_turn, own_story, story_id
from handlers.contributors.withdrawal import WITHDRAWING
from handlers.policy import LONGEST_QUESTION
from handlers.progress import note_progress
from handlers.publication.page import Page, load_page
from storage.ids import StoryId
from storage.private import Private
from storage.story import OPEN, Status


class Consenting(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId = StoryId(b"")
    version: int = 0
    """the one that was shown: an agreement counts for nothing else"""


class Agree(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    version: int


class AskForChanges(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId
    wish: Private[str]


async def _load(reads: Reads, draft: Consenting) -> Page | None:
    """None when the story is not waiting for this person's agreement."""
    story = await own_story(reads, draft.story)
    if story is None or story.status is not Status.CONSENT:
        return None
    return await load_page(reads.tx, story)


def _ask(_draft: Consenting, page: Page | None) -> Prompt:
    if page is None:
        return Prompt(text=(msg("consent-is-gone"),), choices=back_row())
    photos = tuple(Bubble(text=Rich(), media=photo) for photo in page.photos)
    return Prompt(
        before=(Bubble(text=msg("consent-begins")), Bubble(text=page.heading), Bubble(text=page.text), *photos),
        text=(msg("consent-asks"),),
        choices=rows(
            ("agree", msg("consent-agree")),
            ("changes", msg("consent-changes")),
            ("withdraw", msg("consent-withdraw")),
            (BACK, msg("consent-later")),
        ),
    )


def _answer(draft: Consenting, page: Page | None, answer: Answer) -> Outcome:
    if page is None:
        return too_late(answer)
    match answer:
        case Picked("agree") if draft.version != page.version:
            return Stay(draft=msgspec.structs.replace(draft, version=page.version), notice=msg("consent-is-newer"))
        case Picked("agree"):
            effect = Agree(story=draft.story, version=page.version)
            return Finish(notice=msg("consent-agreed"), effects=(effect,))
        case Picked("changes" | "withdraw" as step):
            return Go(step, draft)
    return otherwise(answer)


async def _may_wish(reads: Reads, draft: Consenting) -> bool:
    """Also when editors have gone on editing in the meantime: a wish is not lost on the way."""
    story = await own_story(reads, draft.story)
    return story is not None and story.status in OPEN


def _ask_changes(_draft: Consenting, may_wish: bool) -> Prompt:
    return Prompt(text=(msg("consent-which-changes") if may_wish else msg("consent-is-gone"),), choices=back_row())


def _answer_changes(draft: Consenting, may_wish: bool, answer: Answer) -> Outcome:
    if not may_wish:
        return too_late(answer)
    match answer:
        case Wrote(text=text) if len(text.reveal()) > LONGEST_QUESTION:
            return Stay(notice=msg("answer-too-long", most=LONGEST_QUESTION))
        case Wrote(text=text):
            effect = AskForChanges(story=draft.story, wish=text)
            return Finish(notice=msg("consent-changes-sent"), effects=(effect,))
    return otherwise(answer)


async def agree(turn: Turn, effect: Agree) -> None:
    story = await own_in_turn(turn, effect.story)
    if story is None or story.status is not Status.CONSENT or story.details.offered != effect.version:
        return
    await note_progress(turn, await turn.tx.stories.move(story, Status.AGREED))


async def ask_for_changes(turn: Turn, effect: AskForChanges) -> None:
    """The wish stands among the questions and answers, where editors look."""
    story = await own_in_turn(turn, effect.story)
    if story is None or story.status not in OPEN:
        return
    await turn.tx.questions.note(story, effect.wish)
    if story.status is not Status.SUBMITTED:
        await note_progress(turn, await turn.tx.stories.move(story, Status.SUBMITTED))


async def open_consent(reads: Reads, argument: str) -> Outcome:
    """The button under "your text is ready"."""
    draft = Consenting(story=story_id(argument))
    page = await _load(reads, draft)
    return Enter(flow=CONSENTING.name, draft=msgspec.structs.replace(draft, version=page.version if page else 0))


CONSENTING = Flow(
    name="consenting",
    draft=Consenting,
    steps=(
        Step(name="text", load=_load, ask=_ask, answer=_answer),
        Step(name="changes", load=_may_wish, ask=_ask_changes, answer=_answer_changes),
        WITHDRAWING,
    ),
)
