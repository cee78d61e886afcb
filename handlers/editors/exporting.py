"""A cold story leaves the server as a sealed file only when two editors have agreed to that (`pairs.py`).

Whoever has the twelve words reads what is exported, and nobody can take it back from them. So neither the one at the
server nor one editor decides that alone, and an agreement counts for a day and for one file. What no program hinders:
whoever has the server can copy its rows; those who have agreed and when it was used stand in the audit trail.
"""

from __future__ import annotations

from handlers.auditing import Action
from handlers.editors.following import FOLLOW
from handlers.editors.pair_lines import pair_of
from handlers.editors.pairs import keep_pairs
from storage.audit_chain import Actor
from storage.ids import StoryId
from storage.store import Transaction
from storage.story import Pair, PairKind, Story


def agreed(story: Story, now: int) -> Pair | None:
    """What two have agreed to, and nobody has used yet."""
    pair = pair_of(story, PairKind.EXPORT, now)
    return None if pair is None or pair.second is None or story.details.cold is None else pair


async def take_off(tx: Transaction, story_id: StoryId) -> bool:
    """Uses the agreement up, with a line in the trail; its card says so. False: there is none, and nothing is done."""
    story = await tx.stories.get(story_id)
    pair = None if story is None else agreed(story, tx.now)
    if story is None or pair is None:
        return False
    await tx.audit.note(Action.EXPORTED, actor=Actor.SYSTEM, story=story)
    await keep_pairs(tx, story, tuple(one for one in story.details.pairs if one is not pair))
    await tx.timers.set(FOLLOW, story.id, tx.now)
    return True
