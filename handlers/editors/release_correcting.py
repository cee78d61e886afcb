"""An editor corrects what readers have: chooses how, writes the new text, and says whether the meaning changes."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Answer, Audience, Bubble, Flow, Go, Outcome, Picked, Prompt, Step
from bot.flows.questions import BACK, back_row, otherwise, rows
from bot.texts.fluent import msg
from handlers.editors.release_correcting_draft import Correcting, Published, gone, load_published, to_release
from handlers.editors.release_correcting_text import PASSAGE, REPLACEMENT, WHOLE
from handlers.policy import DRAFT_SECONDS, EDITOR_WIPE_SECONDS
from handlers.publication.correcting import Propose
from storage.private import Private


# ── how to correct ───────────────────────────────────────────────────────────────────────────────────────────────
def _ask_how(_draft: Correcting, view: Published | None) -> Prompt:
    if view is None:
        return gone()
    options = rows(("passage", msg("correct-passage")), ("whole", msg("correct-whole")))
    return Prompt(text=(msg("correct-how"),), choices=options + back_row())


def _answer_how(draft: Correcting, view: Published | None, answer: Answer) -> Outcome:
    if answer == Picked(BACK) or view is None:
        return to_release(draft)
    match answer:
        case Picked("passage" | "whole" as step):
            return Go(step, msgspec.structs.replace(draft, passage=Private(""), replacement=Private(""), parts=()))
    return otherwise(answer)


# ── what it changes ──────────────────────────────────────────────────────────────────────────────────────────────
def _ask_meaning(_draft: Correcting, view: Published | None) -> Prompt:
    if view is None:
        return gone()
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
            return to_release(draft)
        case Picked("spelling" | "meaning" as kind) if view.changes and (kind == "spelling" or view.can_ask):
            effect = Propose(story=draft.story, base=draft.base, text=view.corrected, meaning=kind == "meaning")
            said = msg("correct-proposed" if kind == "spelling" else "correct-asked")
            return to_release(draft, said, effect)
    return otherwise(answer)


CORRECTING = Flow(
    name="correcting",
    draft=Correcting,
    audience=Audience.EDITORS,
    precious=lambda _draft: DRAFT_SECONDS,
    wipe_after=EDITOR_WIPE_SECONDS,
    protect=True,
    steps=(
        Step(name="how", load=load_published, ask=_ask_how, answer=_answer_how),
        PASSAGE,
        REPLACEMENT,
        WHOLE,
        Step(name="meaning", load=load_published, ask=_ask_meaning, answer=_answer_meaning),
    ),
)
