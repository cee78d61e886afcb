"""The author reads the final text as it will look, and what was changed; then agrees, or wishes something else."""

from __future__ import annotations

from dataclasses import dataclass

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
    Step,
    Words,
)
from bot.flows.questions import back_row, otherwise, rows, too_late, weighty
from bot.texts.fluent import msg
from handlers.contributors.agreeing import Agree, Decline
from handlers.contributors.comparing import bite
from handlers.contributors.own import own_story, story_id
from handlers.contributors.waiting import Proposal, proposal
from handlers.contributors.wishing import WISHING
from handlers.contributors.withdrawal import WITHDRAWING
from handlers.manuscript.changes import changes
from handlers.manuscript.told import told
from handlers.publication.page import Page, caption_of, load_page
from storage.ids import StoryId
from storage.private import Private
from storage.story import Story


class Consenting(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId = StoryId(b"")
    version: int = 0
    """the one that was shown: an agreement counts for nothing else"""
    seen: int = 0
    """changes that were shown"""


@dataclass(frozen=True, kw_only=True)
class View:
    page: Page
    proposal: Proposal
    was: Private[str]
    now: Private[str]
    agreed_before: bool
    reads: Reads
    """for the words around each change"""


async def _load(reads: Reads, draft: Consenting) -> View | None:
    """None when the story is not waiting for this person's agreement."""
    story = await own_story(reads, draft.story)
    proposed = proposal(story) if story is not None else None
    if story is None or proposed is None:
        return None
    return View(
        page=await load_page(reads.tx, story, proposed.version),
        proposal=proposed,
        was=await reads.tx.stories.text(story, proposed.base),
        now=await reads.tx.stories.text(story, proposed.version),
        agreed_before=story.details.agreed is not None,
        reads=reads,
    )


# ── the text ─────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask(_draft: Consenting, view: View | None) -> Prompt:
    if view is None:
        return Prompt(text=(msg("consent-is-gone"),), choices=back_row())
    page = view.page
    begins = msg("consent-begins-correction") if view.proposal.corrects else msg("consent-begins")
    photos = tuple(Bubble(text=caption_of(photo), media=photo) for photo in page.photos)
    bubbles = (Bubble(text=begins), Bubble(text=page.heading), Bubble(text=page.text), *photos)
    return _with_changes(view, 0, bubbles)


def _with_changes(view: View, begin: int, before: tuple[Bubble, ...]) -> Prompt:
    """Compared here, where it is shown: an answer needs none of it."""
    found = changes(view.was, view.now)
    end = bite(found, begin)
    left = len(found) - end
    options: list[tuple[str, Words]] = [(f"rest-{end}", msg("consent-show-rest"))] if left > 0 else []
    options.append(("agree", msg("consent-agree")))
    options.append(("changes", msg("consent-changes")))
    if view.proposal.corrects:
        options.append(("decline", msg("consent-decline")))
    else:
        options.append(("withdraw", msg("consent-withdraw")))
    options.append(("later", msg("consent-later")))
    return Prompt(
        before=before,
        text=(
            *((_what_changed(view, bool(found)),) if begin == 0 else ()),
            *(told(view.reads, change) for change in found[begin:end]),
            *((msg("changes-are-more", more=left),) if left > 0 else ()),
            msg("consent-asks-correction") if view.proposal.corrects else msg("consent-asks"),
        ),
        choices=weighty(rows(*options), "agree", "decline"),
    )


def _what_changed(view: View, anything: bool) -> Words:
    if view.agreed_before:
        return msg("changes-since") if anything else msg("changes-since-none")
    return msg("changes-begin") if anything else msg("changes-none")


def _answer(draft: Consenting, view: View | None, answer: Answer) -> Outcome:
    if view is None:
        return too_late(answer)
    version = view.proposal.version
    match answer:
        case Picked("agree" | "decline") if draft.version != version:
            shown = msgspec.structs.replace(draft, version=version, seen=0)
            return Go("text", shown, notice=msg("consent-is-newer"))
        case Picked("agree"):
            effect = Agree(story=draft.story, version=version)
            notice = msg("consent-agreed-correction") if view.proposal.corrects else msg("consent-agreed")
            return Finish(notice=notice, effects=(effect,))
        case Picked("decline") if view.proposal.corrects:
            return Finish(notice=msg("consent-declined"), effects=(Decline(story=draft.story, version=version),))
        case Picked("changes"):
            return Go("changes", draft)
        case Picked("withdraw") if not view.proposal.corrects:
            return Go("withdraw", draft)
        case Picked("later"):
            return Finish()
        case Picked(value) if value.startswith("rest-"):
            return Go("rest", msgspec.structs.replace(draft, seen=int(value.removeprefix("rest-"))))
    return otherwise(answer)


# ── the rest of the changes ──────────────────────────────────────────────────────────────────────────────────────
def _ask_rest(draft: Consenting, view: View | None) -> Prompt:
    if view is None or view.proposal.version != draft.version:
        return _ask(draft, view)
    return _with_changes(view, draft.seen, ())


async def open_consent(reads: Reads, argument: str) -> Outcome:
    """The button under "your text is ready"."""
    story = await own_story(reads, story_id(argument))
    return Enter(flow=CONSENTING.name) if story is None else to_consent(story)


def to_consent(story: Story) -> Enter:
    proposed = proposal(story)
    version = proposed.version if proposed is not None else 0
    return Enter(flow=CONSENTING.name, draft=Consenting(story=story.id, version=version))


CONSENTING = Flow(
    name="consenting",
    draft=Consenting,
    steps=(
        Step(name="text", load=_load, ask=_ask, answer=_answer),
        Step(name="rest", load=_load, ask=_ask_rest, answer=_answer),
        WISHING,
        WITHDRAWING,
    ),
)
