"""Questions that their author does not answer, and rows that were sealed before that was possible."""

from __future__ import annotations

import msgspec
from sqlalchemy import update

from storage.private import Private
from storage.sealed import seal_record
from storage.store import Store
from storage.tables import questions
from storage.vault import Column
from tests.integration.storage.people import tell_story


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """A question's body as it was sealed when no question could be skipped."""

    question: Private[str]
    answer: Private[str] | None = None


async def test_a_question_is_skipped_once_and_not_answered_after_that(store: Store) -> None:
    async with store.write() as tx:
        story = await tell_story(tx)
        asked = await tx.questions.ask(story, Private("Где?"))
        assert asked.waits
        assert await tx.questions.skip(story, asked.id)
        assert not await tx.questions.skip(story, asked.id)
        assert not await tx.questions.answer(story, asked.id, Private("в Туле"))
        (found,) = await tx.questions.all(story)
    assert found.skipped
    assert found.answer is None
    assert not found.waits


async def test_an_answered_question_is_not_skipped(store: Store) -> None:
    async with store.write() as tx:
        story, other = await tell_story(tx), await tell_story(tx)
        asked = await tx.questions.ask(story, Private("Где?"))
        assert not await tx.questions.skip(other, asked.id)
        assert await tx.questions.answer(story, asked.id, Private("в Туле"))
        assert not await tx.questions.skip(story, asked.id)
        (found,) = await tx.questions.all(story)
    assert not found.skipped


async def test_a_row_of_before_opens_and_waits(store: Store) -> None:
    async with store.write() as tx:
        story = await tell_story(tx)
        asked = await tx.questions.ask(story, Private("Где?"))
        record = Before(question=Private("Когда?"))
        body = await seal_record(tx.work, story.key_id, Column("questions", "body"), asked.id, 0, record)
        await tx.work.connection.execute(update(questions).where(questions.c.id == asked.id).values(body=body))
        (found,) = await tx.questions.all(story)
    assert found.question == Private("Когда?")
    assert found.waits
