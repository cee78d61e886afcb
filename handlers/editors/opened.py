"""Which story lies open before an editor: the desk and the editing lead to one another."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Enter, Words
from storage.ids import StoryId

DESK_NAME = "desk"


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId = StoryId(b"")


def to_desk(story: StoryId, notice: Words | None = None, *effects: object) -> Enter:
    return Enter(flow=DESK_NAME, draft=Desk(story=story), notice=notice, effects=effects)
