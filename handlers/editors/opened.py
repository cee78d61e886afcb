"""Which story lies open before an editor, and how they look for another: the desk, the queue and the editing lead to
one another."""

from __future__ import annotations

import msgspec

from bot.flows.flow import Enter, Words
from storage.ids import StoryId
from storage.private import Private

DESK_NAME = "desk"
QUEUE_NAME = "queue"


class Looking(msgspec.Struct, frozen=True, kw_only=True):
    """Through the stories that this editor may see: what is left out, and how far one has leafed."""

    whose: str = ""
    """mine, nobody; empty: everybody's"""
    topic: str = ""
    query: Private[str] = Private("")
    page: int = 0
    """from 0"""


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId = StoryId(b"")
    looking: Looking | None = None
    """the queue that the editor came from, to go on with it"""
    told: bool = False
    """that a colleague takes care of this story: once is enough"""
    version: int = 0
    """the one that is read"""
    against: int = 0
    """the one that it is compared with"""
    page: int = 0
    """of the changes between the two, from 0"""
    passage: Private[str] = Private("")
    """to be cut out"""
    ready: str = ""
    """which of the ready reasons it is rejected for"""
    reason: Private[str] = Private("")
    """in the editor's own words"""


def to_desk(story: StoryId, notice: Words | None = None, *effects: object, looking: Looking | None = None) -> Enter:
    return Enter(flow=DESK_NAME, draft=Desk(story=story, looking=looking), notice=notice, effects=effects)
