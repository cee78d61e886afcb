"""What a desk shows: the story as it stands at this moment. None for whoever may not see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.flows.flow import Reads, Words
from bot.texts.rich import Rich
from handlers.editors.colleagues import Names, names
from handlers.editors.moment import moment
from handlers.editors.opened import Desk
from handlers.editors.sight import visible
from handlers.publication.page import Page, load_page
from storage.ids import EditorId
from storage.private import Private
from storage.questions import Question
from storage.role import Role
from storage.story import OPEN, Contact, Status, Story


@dataclass(frozen=True, kw_only=True)
class View:
    story: Story
    page: Page
    questions: list[Question]
    approvers: list[EditorId]
    me: EditorId
    role: Role
    """mine"""
    names: Names
    say: Callable[[Words], Rich]
    """in the editor's language: what stands together in one paragraph"""
    text: Private[str]
    """of the latest version"""

    @property
    def moment(self) -> str:
        return moment(self.story, len(self.approvers))

    @property
    def is_open(self) -> bool:
        return self.story.status in OPEN

    @property
    def may_approve(self) -> bool:
        return self.story.status is Status.AGREED and self.me not in self.approvers

    @property
    def is_cut_only(self) -> bool:
        """Nobody can ask this author: the text may become shorter, and nothing else."""
        return self.story.details.contact is Contact.NEVER

    @property
    def caretaker(self) -> Private[str] | None:
        """None when nobody takes care of it, or somebody who is no editor any more."""
        claimed = self.story.details.claimed
        return None if claimed is None else self.names.get(claimed)

    @property
    def others_care(self) -> bool:
        return self.caretaker is not None and self.story.details.claimed != self.me


async def load_desk(reads: Reads, draft: Desk) -> View | None:
    found = await visible(reads.tx, reads.who, draft.story)
    if found is None:
        return None
    story, editor = found
    return View(
        story=story,
        page=await load_page(reads.tx, story),
        questions=await reads.tx.questions.all(story),
        approvers=await reads.tx.stories.approvers(story),
        me=editor.id,
        role=editor.role,
        names=await names(reads.tx, reads.who.chat.platform),
        say=lambda words: words if isinstance(words, Rich) else reads.say(reads.who.language, words),
        text=await reads.tx.stories.text(story),
    )
