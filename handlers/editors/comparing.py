"""What has changed between two versions, as an editor reads it: what it was, what it is."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.flows.flow import Answer, Bubble, Outcome, Picked, Prompt, Reads, Stay, Step
from bot.flows.questions import BACK, otherwise, rows
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.editors.opened import Desk
from handlers.editors.reading import nothing_here
from handlers.editors.sight import visible
from handlers.manuscript.changes import changes
from handlers.manuscript.told import told
from storage.ids import VersionNumber

PAGE = 10
"""Changes shown at a time."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    shown: Rich
    changes: int
    more: bool


async def _load(reads: Reads, draft: Desk) -> Comparison | None:
    found = await visible(reads.tx, reads.who, draft.story)
    if found is None:
        return None
    story, _ = found
    kept = [version.number for version in await reads.tx.stories.versions(story)]
    now, was = VersionNumber(draft.version), VersionNumber(draft.against)
    if now not in kept or was not in kept:
        return None
    changed = changes(await reads.tx.stories.text(story, was), await reads.tx.stories.text(story, now))
    first = draft.page * PAGE
    return Comparison(
        shown=Rich.join("\n\n", [told(reads, change) for change in changed[first : first + PAGE]]),
        changes=len(changed),
        more=len(changed) > first + PAGE,
    )


def _ask(draft: Desk, view: Comparison | None) -> Prompt:
    if view is None:
        return nothing_here()
    further = rows(("more", msg("changes-more"))) if view.more else ()
    between = msg("changes-are", changes=view.changes, version=draft.version, against=draft.against)
    return Prompt(
        before=(Bubble(text=view.shown),) if view.shown else (),
        text=(between,),
        choices=further + rows((BACK, msg("button-back"))),
    )


def _answer(draft: Desk, view: Comparison | None, answer: Answer) -> Outcome:
    match answer:
        case Picked("more") if view is not None and view.more:
            return Stay(draft=msgspec.structs.replace(draft, page=draft.page + 1))
    return otherwise(answer)


COMPARING: Step[Desk, Comparison | None] = Step(name="changes", load=_load, ask=_ask, answer=_answer)
