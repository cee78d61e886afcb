"""What editors asked an author, and the answers. Sealed with the story's key, gone with it."""

from __future__ import annotations

import logging

import msgspec
from sqlalchemy import func, insert, select, update

from storage.errors import VaultError
from storage.ids import QuestionId, new_id
from storage.private import Private
from storage.sealed import open_record, seal_record
from storage.story import Story
from storage.tables import questions
from storage.vault import Column
from storage.work import Work

QUESTION = Column("questions", "body")

log = logging.getLogger(__name__)


class Question(msgspec.Struct, frozen=True, kw_only=True):
    id: QuestionId
    question: Private[str]
    """empty for what the author said unasked"""
    answer: Private[str] | None
    skipped: bool = False
    """the author does not want to answer it"""
    by_receipt: bool = False
    """said by somebody who has the story's seven words, from whatever account"""

    @property
    def waits(self) -> bool:
        return self.answer is None and not self.skipped


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed of a row."""

    question: Private[str]
    answer: Private[str] | None = None
    skipped: bool = False
    by_receipt: bool = False


class Questions:
    def __init__(self, work: Work) -> None:
        self._work = work

    async def ask(self, story: Story, question: Private[str]) -> Question:
        row = QuestionId(new_id())
        number = select(func.count()).where(questions.c.story == story.id)
        position = int((await self._work.connection.execute(number)).scalar_one())
        body = await seal_record(self._work, story.key_id, QUESTION, row, 0, Asked(question=question))
        await self._work.connection.execute(
            insert(questions).values(id=row, story=story.id, position=position, body=body)
        )
        return Question(id=row, question=question, answer=None)

    async def note(self, story: Story, wish: Private[str], *, by_receipt: bool = False) -> None:
        """What the author says unasked, kept among the answers."""
        question = await self.ask(story, Private(""))
        await self.answer(story, question.id, wish, by_receipt=by_receipt)

    async def answer(
        self, story: Story, question: QuestionId, answer: Private[str], *, by_receipt: bool = False
    ) -> bool:
        """False when it does not wait for an answer any more, or is not this story's."""
        return await self._close(story, question, answer, by_receipt)

    async def skip(self, story: Story, question: QuestionId) -> bool:
        """The author does not answer this one. False as above."""
        return await self._close(story, question, None)

    async def _close(
        self, story: Story, question: QuestionId, answer: Private[str] | None, by_receipt: bool = False
    ) -> bool:
        held = select(questions.c.body).where(questions.c.id == question, questions.c.story == story.id)
        before = (await self._work.connection.execute(held.with_for_update())).scalar()
        if before is None:
            return False
        asked: Asked = await open_record(self._work, story.key_id, QUESTION, question, 0, before, Asked)
        if asked.answer is not None or asked.skipped:
            return False
        record = Asked(question=asked.question, answer=answer, skipped=answer is None, by_receipt=by_receipt)
        body = await seal_record(self._work, story.key_id, QUESTION, question, 0, record)
        await self._work.connection.execute(update(questions).where(questions.c.id == question).values(body=body))
        return True

    async def all(self, story: Story) -> list[Question]:
        """In the order in which they were asked. One that does not open is left out: it must not hide the others. Of a
        cold story none."""
        if story.details.cold is not None:
            return []
        rows = await self._work.connection.execute(
            select(questions).where(questions.c.story == story.id).order_by(questions.c.position, questions.c.id)
        )
        found = []
        for row in rows.all():
            try:
                body: Asked = await open_record(self._work, story.key_id, QUESTION, row.id, 0, row.body, Asked)
            except VaultError as error:
                log.error("a question that can't be read is left out: %s", type(error).__name__)
                continue
            found.append(
                Question(
                    id=QuestionId(row.id),
                    question=body.question,
                    answer=body.answer,
                    skipped=body.skipped,
                    by_receipt=body.by_receipt,
                )
            )
        return found
