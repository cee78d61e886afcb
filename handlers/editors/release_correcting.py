"""An editor corrects what readers have: a passage is replaced, or the whole text comes anew; then, whether the meaning
changes."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
from bot.flows.questions import BACK, back_row, otherwise, rows
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.editors.release_view import RELEASE_NAME, Release, load_release
from handlers.editors.rewritten import Written
from handlers.manuscript.changes import changes
from handlers.manuscript.told import told
from handlers.policy import DRAFT_SECONDS, EDITOR_WIPE_SECONDS, LONGEST_STORY
from handlers.publication.correcting import Propose, can_ask
from storage.ids import StoryId
from storage.private import Private
from storage.story import Status


class Correcting(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId = StoryId(b"")
    base: int = 0
    """the version that readers had when the editor began"""
    passage: Private[str] = Private("")
    """to be replaced"""
    replacement: Private[str] = Private("")
    parts: tuple[Written, ...] = ()
    """the whole text anew"""


@dataclass(frozen=True, kw_only=True)
class Published:
    text: Private[str]
    """that readers have"""
    corrected: Private[str]
    """as it would be"""
    changes: tuple[Rich, ...]
    can_ask: bool
    """its author, about another meaning"""


def _to_release(draft: Correcting, notice: Words | None = None, *effects: object) -> Enter:
    return Enter(flow=RELEASE_NAME, draft=Release(story=draft.story), notice=notice, effects=effects)


async def _load(reads: Reads, draft: Correcting) -> Published | None:
    """None when it can't be corrected any more, or is being corrected already."""
    view = await load_release(reads, Release(story=draft.story))
    if view is None or view.story.status is not Status.PUBLISHED:
        return None
    if view.story.details.correction is not None or view.story.details.published != draft.base:
        return None
    text = await reads.tx.stories.text(view.story, view.story.details.published)
    corrected = _corrected(draft, text)
    return Published(
        text=text,
        corrected=corrected,
        changes=tuple(told(reads, change) for change in changes(text, corrected)),
        can_ask=await can_ask(reads.tx, view.story),
    )


def _corrected(draft: Correcting, text: Private[str]) -> Private[str]:
    if draft.parts:
        return Private("\n\n".join(part.text.reveal() for part in draft.parts))
    words = draft.passage.reveal().split()
    if not words:
        return text
    return Private(re.sub(_spaced(words), lambda _found: draft.replacement.reveal(), text.reveal()))


def _spaced(words: list[str]) -> str:
    """The words, however they are spaced."""
    return r"\s+".join(map(re.escape, words))


def _stands(text: Private[str], passage: Private[str]) -> bool:
    return re.search(_spaced(passage.reveal().split()), text.reveal()) is not None


# ── how to correct ───────────────────────────────────────────────────────────────────────────────────────────────
def _ask_how(_draft: Correcting, view: Published | None) -> Prompt:
    if view is None:
        return _gone()
    options = rows(("passage", msg("correct-passage")), ("whole", msg("correct-whole")))
    return Prompt(text=(msg("correct-how"),), choices=options + back_row())


def _gone() -> Prompt:
    return Prompt(text=(msg("correct-is-decided"),), choices=back_row())


def _answer_how(draft: Correcting, view: Published | None, answer: Answer) -> Outcome:
    if answer == Picked(BACK) or view is None:
        return _to_release(draft)
    match answer:
        case Picked("passage" | "whole" as step):
            return Go(step, msgspec.structs.replace(draft, passage=Private(""), replacement=Private(""), parts=()))
    return otherwise(answer)


# ── a passage ────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_passage(_draft: Correcting, view: Published | None) -> Prompt:
    if view is None:
        return _gone()
    return Prompt(
        before=(Bubble(text=Rich.plain(view.text.reveal())),), text=(msg("correct-which"),), choices=back_row()
    )


def _answer_passage(draft: Correcting, view: Published | None, answer: Answer) -> Outcome:
    match answer:
        case _ if view is None:
            return _to_release(draft)
        case Wrote(text=text) if not _stands(view.text, text):
            return Stay(notice=msg("correct-is-not-there"))
        case Wrote(text=text):
            return Go("replacement", msgspec.structs.replace(draft, passage=text))
    return otherwise(answer)


def _ask_replacement(_draft: Correcting, view: Published | None) -> Prompt:
    return _gone() if view is None else Prompt(text=(msg("correct-by-what"),), choices=back_row())


def _answer_replacement(draft: Correcting, view: Published | None, answer: Answer) -> Outcome:
    match answer:
        case _ if view is None:
            return _to_release(draft)
        case Wrote(text=text):
            return Go("meaning", msgspec.structs.replace(draft, replacement=text))
    return otherwise(answer)


# ── the whole text ───────────────────────────────────────────────────────────────────────────────────────────────
def _ask_whole(draft: Correcting, view: Published | None) -> Prompt:
    if view is None:
        return _gone()
    if not draft.parts:
        text = Bubble(text=Rich.plain(view.text.reveal()))
        return Prompt(before=(text,), text=(msg("correct-all"),), choices=back_row())
    count = msg("correct-so-far", characters=len(view.corrected.reveal()))
    return Prompt(text=(count,), choices=rows(("next", msg("correct-next")), (BACK, msg("button-back"))), follow=True)


def _answer_whole(draft: Correcting, view: Published | None, answer: Answer) -> Outcome:
    match answer:
        case _ if view is None:
            return _to_release(draft)
        case Wrote(text=text, message=message):
            return _if_it_fits(draft, (*draft.parts, Written(message=message, text=text)))
        case Rewrote(text=text, message=message) if any(part.message == message for part in draft.parts):
            changed = (
                msgspec.structs.replace(part, text=text) if part.message == message else part for part in draft.parts
            )
            return _if_it_fits(draft, tuple(part for part in changed if part.text.reveal()))
        case Picked("next") if draft.parts:
            return Go("meaning", draft)
    return otherwise(answer)


def _if_it_fits(draft: Correcting, parts: tuple[Written, ...]) -> Outcome:
    if sum(len(part.text.reveal()) + 2 for part in parts) > LONGEST_STORY:
        return Stay(notice=msg("tell-too-long", most=LONGEST_STORY))
    return Stay(draft=msgspec.structs.replace(draft, parts=parts))


# ── what it changes ──────────────────────────────────────────────────────────────────────────────────────────────
def _ask_meaning(_draft: Correcting, view: Published | None) -> Prompt:
    if view is None:
        return _gone()
    if not view.changes:
        return Prompt(text=(msg("correct-nothing"),), choices=back_row())
    options = [("spelling", msg("correct-spelling"))]
    words = [msg("correct-meaning-asks" if view.can_ask else "correct-spelling-only")]
    if view.can_ask:
        options.append(("meaning", msg("correct-meaning")))
    return Prompt(
        before=(Bubble(text=msg("correct-changes")), *(Bubble(text=change) for change in view.changes)),
        text=tuple(words),
        choices=rows(*options, (BACK, msg("button-back"))),
    )


def _answer_meaning(draft: Correcting, view: Published | None, answer: Answer) -> Outcome:
    match answer:
        case _ if view is None:
            return _to_release(draft)
        case Picked("spelling" | "meaning" as kind) if view.changes and (kind == "spelling" or view.can_ask):
            effect = Propose(story=draft.story, base=draft.base, text=view.corrected, meaning=kind == "meaning")
            said = msg("correct-proposed" if kind == "spelling" else "correct-asked")
            return _to_release(draft, said, effect)
    return otherwise(answer)


CORRECTING = Flow(
    name="correcting",
    draft=Correcting,
    audience=Audience.EDITORS,
    precious=lambda _draft: DRAFT_SECONDS,
    wipe_after=EDITOR_WIPE_SECONDS,
    protect=True,
    steps=(
        Step(name="how", load=_load, ask=_ask_how, answer=_answer_how),
        Step(name="passage", load=_load, ask=_ask_passage, answer=_answer_passage),
        Step(name="replacement", load=_load, ask=_ask_replacement, answer=_answer_replacement),
        Step(name="whole", load=_load, ask=_ask_whole, answer=_answer_whole),
        Step(name="meaning", load=_load, ask=_ask_meaning, answer=_answer_meaning),
    ),
)
