"""A story that rests goes cold, where the newsroom has an offline key: from then on the server can't read it.

It rests when nobody has taken a step with it for three days; a step is whatever the audit trail notes. Cold may go what
waits for nobody's next step: what was decided against, and what nobody has taken on. What somebody takes care of, what
waits for its author's answer or agreement, what editors approve and what is to come out has to be read once more.
What is published stays for its readers.
"""

from __future__ import annotations

from bot.flows.turn import Turn
from handlers.policy import COLD_SECONDS
from storage.clock import DAY
from storage.ids import StoryId
from storage.store import Transaction
from storage.story import Status, Story

COLD = "cold"
"""The timer; its subject is the story's id."""
MAY_GO_COLD = frozenset({Status.SUBMITTED, Status.REJECTED, Status.RETRACTED})


async def rest(tx: Transaction, story: StoryId) -> None:
    """Called after each step: its three days begin anew. They end at a midnight: the timer must not tell at what hour
    an author did something."""
    if tx.work.newsroom is not None:
        due = tx.now + COLD_SECONDS
        await tx.timers.set(COLD, story, due + -due % DAY)


async def is_worked_on(turn: Turn, story: Story) -> bool:
    """Of one whose status may go cold."""
    if story.status is not Status.SUBMITTED:
        return False
    return story.details.claimed is not None or any(asked.waits for asked in await turn.tx.questions.all(story))
