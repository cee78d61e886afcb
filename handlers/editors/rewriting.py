"""An editor writes a new version: the whole text or one section of it, in as many messages as it takes."""

from __future__ import annotations

import msgspec

from bot.flows.flow import (
    Answer,
    Audience,
    Bubble,
    Enter,
    Flow,
    Go,
    Outcome,
    Picked,
    Prompt,
    Reads,
    Rewrote,
    Stay,
    Step,
    Words,
    Wrote,
)
from bot.flows.questions import otherwise, rows
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.editors.card import status_message
from handlers.editors.decisions import SaveVersion
from handlers.editors.moment import moment
from handlers.editors.opened import Looking, to_desk
from handlers.editors.rewriting_draft import WHOLE, Present, Rewriting, place_of, whole_text
from handlers.editors.sight import visible
from handlers.manuscript.sections import Section, sections_of
from handlers.policy import DRAFT_SECONDS, EDITOR_WIPE_SECONDS, LONGEST_STORY
from handlers.written import taken
from storage.private import Private
from storage.story import OPEN, Contact, Status, Story


def begin_rewriting(story: Story, text: Private[str], looking: Looking | None, notice: Words | None) -> Enter:
    """Of its latest text; when that has several sections, the editor is asked first which one is meant."""
    draft = Rewriting(story=story.id, base=story.details.latest, looking=looking)
    step = "which" if len(sections_of(text)) > 1 else "text"
    return Enter(flow=REWRITING.name, draft=draft, step=step, notice=notice)


async def _load(reads: Reads, draft: Rewriting) -> Present | None:
    """None when the story can't be edited any more."""
    found = await visible(reads.tx, reads.who, draft.story)
    if found is None:
        return None
    story, _ = found
    if story.status not in OPEN or story.details.contact is Contact.NEVER:
        return None
    text = await reads.tx.stories.text(story)
    approvals = len(await reads.tx.stories.approvers(story))
    return Present(
        version=story.details.latest,
        moment=moment(story, approvals),
        undoes=None if story.status is Status.SUBMITTED else status_message(story, approvals),
        text=text,
        sections=sections_of(text),
    )


# ── which part ───────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_which(_draft: Rewriting, present: Present | None) -> Prompt:
    if present is None:
        return _gone()
    sections = [(f"section-{place}", _title(section)) for place, section in enumerate(present.sections)]
    return Prompt(
        text=(msg("edit-which"),),
        choices=rows(*sections, ("whole", msg("edit-whole")), ("discard", msg("button-back"))),
    )


def _title(section: Section) -> Words:
    title = section.title.reveal()
    return Rich.plain(title[:60]) if title else msg("edit-untitled")


def _answer_which(draft: Rewriting, present: Present | None, answer: Answer) -> Outcome:
    match answer:
        case Picked("discard"):
            return to_desk(draft.story, looking=draft.looking)
        case Picked("whole") if present is not None:
            return Go("text", msgspec.structs.replace(draft, base=present.version, section=WHOLE))
        case Picked(value) if present is not None and value.startswith("section-"):
            place = int(value.removeprefix("section-"))
            if present.version != draft.base or place >= len(present.sections):
                return Stay(draft=msgspec.structs.replace(draft, base=present.version), notice=msg("desk-has-changed"))
            chosen = msgspec.structs.replace(draft, section=place, title=present.sections[place].title)
            return Go("text", chosen)
    return otherwise(answer)


# ── the words ────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask(draft: Rewriting, present: Present | None) -> Prompt:
    if present is None:
        return _gone()
    place = place_of(draft, present)
    if not draft.parts and place is not None:
        whole = place == WHOLE
        words = present.text if whole else present.sections[place].text
        return Prompt(
            before=(Bubble(text=Rich.plain(words.reveal())),),
            text=(msg("edit-how"), msg("edit-titles")) if whole else (msg("edit-section-how"),),
            choices=rows(("discard", msg("button-back"))),
        )
    if place is None:
        mine = (Bubble(text=Rich.plain(draft.text.reveal())),) if draft.parts else ()
        return Prompt(before=mine, text=(msg("edit-section-gone"),), choices=rows(("discard", msg("edit-discard"))))
    options: list[tuple[str, Words]] = [(f"save-{present.moment}", msg("edit-save"))]
    text: tuple[Words, ...] = (msg("edit-so-far", characters=len(draft.text.reveal())),)
    if present.version != draft.base:
        options = [(f"save-{present.moment}", msg("edit-save-over"))]
        text = (msg("edit-overtaken", version=present.version), *text)
    if present.undoes is not None:
        text = (present.undoes, *text)
    return Prompt(text=text, choices=rows(*options, ("discard", msg("edit-discard"))), follow=True)


def _gone() -> Prompt:
    return Prompt(text=(msg("edit-is-over"),), choices=rows(("discard", msg("button-back"))))


def _answer(draft: Rewriting, present: Present | None, answer: Answer) -> Outcome:
    match answer:
        case Picked("discard"):
            return to_desk(draft.story, msg("edit-discarded") if draft.parts else None, looking=draft.looking)
        case Wrote() | Rewrote() if present is not None:
            return _take(draft, present, answer)
        case Picked(value) if draft.parts and value.startswith("save-"):
            if present is None or value != f"save-{present.moment}" or place_of(draft, present) is None:
                is_said = present is not None and present.version != draft.base
                return Stay(notice=None if is_said else msg("desk-has-changed"))
            effect = SaveVersion(story=draft.story, moment=present.moment, text=whole_text(draft, present))
            return to_desk(draft.story, msg("edit-saved"), effect, looking=draft.looking)
    return otherwise(answer)


def _take(draft: Rewriting, present: Present, answer: Wrote | Rewrote) -> Outcome:
    parts = taken(draft.parts, answer, answer.text)
    if parts is None:
        return otherwise(answer)
    grown = msgspec.structs.replace(draft, parts=parts)
    if len(whole_text(grown, present).reveal()) > LONGEST_STORY:
        return Stay(notice=msg("edit-too-long", most=LONGEST_STORY))
    return Stay(draft=grown)


REWRITING = Flow(
    name="rewriting",
    draft=Rewriting,
    audience=Audience.EDITORS,
    precious=lambda _draft: DRAFT_SECONDS,
    wipe_after=EDITOR_WIPE_SECONDS,
    protect=True,
    steps=(
        Step(name="which", load=_load, ask=_ask_which, answer=_answer_which),
        Step(name="text", load=_load, ask=_ask, answer=_answer),
    ),
)
