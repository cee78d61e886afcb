"""A correction that an editor is making of what readers have: how far it is, and the text that comes of it."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.flows.flow import Enter, Prompt, Reads, Words
from bot.flows.questions import back_row
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.editors.release_view import RELEASE_NAME, Release, load_release
from handlers.manuscript.changes import changes
from handlers.manuscript.passages import replaced
from handlers.manuscript.told import told
from handlers.publication.correcting import can_ask
from handlers.written import Written, whole
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


async def load_published(reads: Reads, draft: Correcting) -> Published | None:
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
        return whole(draft.parts)
    return replaced(text, draft.passage, draft.replacement)


def to_release(draft: Correcting, notice: Words | None = None, *effects: object) -> Enter:
    return Enter(flow=RELEASE_NAME, draft=Release(story=draft.story), notice=notice, effects=effects)


def gone() -> Prompt:
    return Prompt(text=(msg("correct-is-decided"),), choices=back_row())
