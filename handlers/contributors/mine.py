"""My stories: what has become of each, and taking one back."""

from __future__ import annotations

import msgspec

from bot.flows.flow import (
    Answer,
    Enter,
    Flow,
    Go,
    Option,
    Outcome,
    Picked,
    Prompt,
    Reads,
    Stay,
    Step,
    Words,
)
from bot.flows.questions import back_row, otherwise, rows, too_late
from bot.texts.fluent import msg
from handlers.contributors.consenting import CONSENTING, Consenting
from handlers.contributors.own import own_stories, own_story
from handlers.contributors.replies import REPLYING, Replying
from handlers.contributors.withdrawal import WITHDRAWING
from handlers.retention import kept_until
from storage.ids import StoryId
from storage.story import OPEN, Status, Story


class Mine(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId = StoryId(b"")


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────────
async def _load_list(reads: Reads, _draft: Mine) -> list[Story]:
    return await own_stories(reads)


def _ask_list(_draft: Mine, stories: list[Story]) -> Prompt:
    if not stories:
        return Prompt(text=(msg("mine-none"),), choices=back_row())
    options = tuple((Option(story.id.hex(), _line(number, story)),) for number, story in enumerate(stories, 1))
    return Prompt(text=(msg("mine-list", count=len(stories)),), choices=options + back_row())


def _line(number: int, story: Story) -> Words:
    return msg(f"mine-line-{story.status}", number=number)


def _answer_list(draft: Mine, stories: list[Story], answer: Answer) -> Outcome:
    if isinstance(answer, Picked):
        for story in stories:
            if story.id.hex() == answer.value:
                return Go("story", msgspec.structs.replace(draft, story=story.id))
    return otherwise(answer)


# ── one story ────────────────────────────────────────────────────────────────────────────────────────────────────
async def _load_story(reads: Reads, draft: Mine) -> tuple[Story, bool] | None:
    """The story, and whether a question waits."""
    story = await own_story(reads, draft.story)
    if story is None:
        return None
    waits = any(asked.answer is None for asked in await reads.tx.questions.all(story))
    return story, waits and story.status in OPEN


def _ask_story(_draft: Mine, view: tuple[Story, bool] | None) -> Prompt:
    if view is None:
        return Prompt(text=(msg("mine-is-gone"),), choices=back_row())
    story, waits = view
    options: list[tuple[str, Words]] = []
    if waits:
        options.append(("reply", msg("mine-reply")))
    if story.status is Status.CONSENT:
        options.append(("consent", msg("mine-consent")))
    if story.status in OPEN:
        options.append(("withdraw", msg("consent-withdraw")))
    status = msg(f"mine-story-{story.status}", since=story.since, until=kept_until(story))
    return Prompt(text=(status,), choices=rows(*options) + back_row())


def _answer_story(draft: Mine, view: tuple[Story, bool] | None, answer: Answer) -> Outcome:
    if view is None:
        return too_late(answer)
    story, waits = view
    match answer:
        case Picked("reply") if waits:
            return Enter(flow=REPLYING.name, draft=Replying(story=story.id))
        case Picked("consent") if story.status is Status.CONSENT:
            consenting = Consenting(story=story.id, version=story.details.offered or 0)
            return Enter(flow=CONSENTING.name, draft=consenting)
        case Picked("withdraw") if story.status in OPEN:
            return Go("withdraw", draft)
        case Picked("reply" | "consent" | "withdraw"):
            return Stay()  # it has moved on: the prompt says how it stands
    return otherwise(answer)


MINE = Flow(
    name="mine",
    draft=Mine,
    steps=(
        Step(name="list", load=_load_list, ask=_ask_list, answer=_answer_list),
        Step(name="story", load=_load_story, ask=_ask_story, answer=_answer_story),
        WITHDRAWING,
    ),
)


async def open_mine(_reads: Reads, _argument: str) -> Outcome:
    return Enter(flow=MINE.name)
