"""Which stories an editor sees in the queue, and which are found by what they typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.flows.flow import Reads
from bot.texts.fluent import msg
from handlers.editors.colleagues import Names, names
from handlers.editors.finding import is_meant
from handlers.editors.opened import Looking
from handlers.editors.sight import may_see
from handlers.topics import topic_name
from storage.ids import EditorId
from storage.role import Role
from storage.story import OPEN, Status, Story

PAGE = 8
MOST_PUBLISHED = 200
"""Of the published stories so many are looked through, the newest: a turn may not open a whole archive."""
_DECIDED = frozenset({Status.REJECTED, Status.RETRACTED})


@dataclass(frozen=True, kw_only=True)
class Found:
    stories: list[Story]
    is_partial: bool
    """there may be more among the stories that were published long ago"""
    names: Names
    me: EditorId
    role: Role
    """mine"""
    today: date

    def page(self, number: int) -> list[Story]:
        return self.stories[number * PAGE : (number + 1) * PAGE]


async def load_queue(reads: Reads, draft: Looking) -> Found | None:
    editor = reads.who.editor
    if editor is None:
        return None
    searches = bool(draft.query.reveal())
    stories = await reads.tx.stories.listed(OPEN | _DECIDED if searches else OPEN)
    published: list[Story] = []
    if searches:
        published = await reads.tx.stories.newest(Status.PUBLISHED, "", skip=0, most=MOST_PUBLISHED)
    here = [story for story in (*stories, *published) if may_see(reads.who, story)]
    called = await names(reads.tx, reads.who.chat.platform)
    wanted = _meant(reads, draft) if searches else _filtered(draft, editor.id, called)
    return Found(
        is_partial=len(published) == MOST_PUBLISHED,
        stories=[story for story in here if wanted(story)],
        names=called,
        me=editor.id,
        role=editor.role,
        today=reads.tx.work.today,
    )


def state(story: Story) -> str:
    """As `queue-state` names it."""
    return "cold" if story.details.cold is not None else story.status


def _meant(reads: Reads, draft: Looking) -> Callable[[Story], bool]:
    @cache  # of hundreds of stories many read alike
    def sayings(status: str, topic: str) -> tuple[str, ...]:
        said = (msg("queue-state", status=status), topic_name(topic))
        return tuple(reads.say(reads.who.language, one).text for one in said)

    def is_wanted(story: Story) -> bool:
        return is_meant(draft.query, story.details.alias, *sayings(state(story), story.details.topic))

    return is_wanted


def _filtered(draft: Looking, me: EditorId, called: Names) -> Callable[[Story], bool]:
    def is_wanted(story: Story) -> bool:
        details = story.details
        if draft.whose == "mine" and details.claimed != me:
            return False
        if draft.whose == "nobody" and details.claimed in called:
            return False
        return not draft.topic or (details.topic or "other") == draft.topic

    return is_wanted
