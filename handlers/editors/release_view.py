"""An approved story as an editor sees it between approval and archive: when it comes out, or what became of it."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.flows.flow import Reads
from handlers.editors.sight import visible
from handlers.publication.channels import is_in_reach
from storage.ids import EditorId, StoryId
from storage.role import Role
from storage.story import Story

RELEASE_NAME = "release"


class Release(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId = StoryId(b"")


@dataclass(frozen=True, kw_only=True)
class View:
    story: Story
    me: EditorId
    role: Role
    """mine"""
    now: int
    in_reach: bool
    """its messages in the channels can still be edited and deleted"""


async def load_release(reads: Reads, draft: Release) -> View | None:
    """None for whoever may not see it."""
    found = await visible(reads.tx, reads.who, draft.story)
    if found is None:
        return None
    story, editor = found
    return View(
        story=story,
        me=editor.id,
        role=editor.role,
        now=reads.tx.now,
        in_reach=is_in_reach(story, reads.tx.work.today),
    )
