"""What an editor has before their eyes: a decision counts only while the story stands as it was shown."""

from __future__ import annotations

from storage.store import Transaction
from storage.story import Story


async def moment_of(tx: Transaction, story: Story) -> str:
    """Changes with its status, its text and its approvals; not with notes, questions, or who takes care of it."""
    return moment(story, len(await tx.stories.approvers(story)))


def moment(story: Story, approvals: int) -> str:
    return f"{story.status}.{story.details.latest}.{approvals}"
