"""Cutting a passage out: the editor sends its words, sees what becomes of the text, and saves that as a version."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.flows.flow import Answer, Bubble, Go, Outcome, Picked, Prompt, Reads, Stay, Step, Wrote
from bot.flows.questions import BACK, back_row, otherwise, rows
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.editors.decisions import SaveVersion
from handlers.editors.opened import Desk
from handlers.editors.reading import nothing_here
from handlers.editors.view import View, load_desk
from handlers.manuscript.changes import Change, changes
from handlers.manuscript.cuts import MARK, cut
from handlers.manuscript.told import told
from storage.private import Private

_MOST = 5
"""Changed paragraphs that are shown; the number of places is said in any case."""


def _ask(_draft: Desk, view: View | None) -> Prompt:
    if view is None:
        return nothing_here()
    if not view.is_open:
        return Prompt(text=(msg("desk-is-decided"),), choices=back_row())
    return Prompt(before=(Bubble(text=Rich.plain(view.text.reveal())),), text=(msg("cut-how"),), choices=back_row())


def _answer(draft: Desk, view: View | None, answer: Answer) -> Outcome:
    if view is None or not view.is_open:
        return Go("desk", draft, notice=msg("desk-has-changed")) if isinstance(answer, Wrote) else otherwise(answer)
    match answer:
        case Wrote(text=passage) if cut(view.text, passage) is None:
            return Stay(notice=msg("cut-not-found"))
        case Wrote(text=passage):
            return Go("cut-check", msgspec.structs.replace(draft, passage=passage))
    return otherwise(answer)


@dataclass(frozen=True, kw_only=True)
class Cut:
    view: View
    text: Private[str] | None
    """as it would be; None when the passage is not there any more"""
    shown: Rich
    places: int


async def _load(reads: Reads, draft: Desk) -> Cut | None:
    view = await load_desk(reads, draft)
    if view is None:
        return None
    text = cut(view.text, draft.passage) if view.is_open else None
    found = _differences(view.text, text) if text is not None else ()
    return Cut(
        view=view,
        text=text,
        shown=Rich.join("\n\n", [told(reads, change) for change in found[:_MOST]]),
        places=_marks(text) - _marks(view.text) if text is not None else 0,
    )


def _marks(text: Private[str]) -> int:
    return text.reveal().count(MARK)


def _differences(was: Private[str], now: Private[str]) -> tuple[Change, ...]:
    """Line against line, however little is left of one; where lines have gone too, as between any two versions."""
    before, after = was.reveal().split("\n"), now.reveal().split("\n")
    if len(before) != len(after):
        return changes(was, now)
    pairs = zip(before, after, strict=True)
    return tuple(Change(before=Private(old), after=Private(new)) for old, new in pairs if old != new)


def _ask_sure(_draft: Desk, cut_out: Cut | None) -> Prompt:
    if cut_out is None:
        return nothing_here()
    if cut_out.text is None:
        return Prompt(text=(msg("desk-is-decided"),), choices=back_row())
    return Prompt(
        before=(Bubble(text=cut_out.shown),),
        text=(msg("cut-sure", places=cut_out.places),),
        choices=rows((f"save-{cut_out.view.moment}", msg("edit-save")), (BACK, msg("cut-other"))),
    )


def _answer_sure(draft: Desk, cut_out: Cut | None, answer: Answer) -> Outcome:
    match answer:
        case Picked(value) if value.startswith("save-"):
            if cut_out is None or cut_out.text is None or value != f"save-{cut_out.view.moment}":
                return Go("desk", draft, notice=msg("desk-has-changed"))
            effect = SaveVersion(story=draft.story, moment=cut_out.view.moment, text=cut_out.text)
            saved = msg("cut-saved-never") if cut_out.view.is_cut_only else msg("cut-saved")
            return Go("desk", msgspec.structs.replace(draft, passage=Private("")), notice=saved, effects=(effect,))
    return otherwise(answer)


CUTTING: Step[Desk, View | None] = Step(name="cut", load=load_desk, ask=_ask, answer=_answer)
CUT_CHECK: Step[Desk, Cut | None] = Step(name="cut-check", load=_load, ask=_ask_sure, answer=_answer_sure)
