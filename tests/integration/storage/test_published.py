"""What may become of a story that readers have, and what is left of it."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import Table, func, select

from storage.errors import Conflict, Unreadable
from storage.ids import EditorId, new_id
from storage.private import Private
from storage.sealed import open_record
from storage.store import Store, Transaction
from storage.story import Details, Status, Story
from storage.tables import approvals, questions, versions
from storage.vault import Column
from tests.clock import Clock
from tests.integration.storage.people import agreed_story, chat, tell_story

ANNA, BORIS = EditorId(new_id()), EditorId(new_id())


async def scheduled(tx: Transaction) -> Story:
    story = await agreed_story(tx)
    for editor in (ANNA, BORIS):
        await tx.stories.approve(story, editor)
    return await tx.stories.move(story, Status.SCHEDULED)


async def published(tx: Transaction) -> Story:
    story = await scheduled(tx)
    details = msgspec.structs.replace(story.details, published=story.details.offered)
    return await tx.stories.move(story, Status.PUBLISHED, details)


async def count(tx: Transaction, table: Table) -> int:
    return int((await tx.work.connection.execute(select(func.count()).select_from(table))).scalar_one())


async def test_what_is_stopped_must_be_approved_anew(store: Store) -> None:
    async with store.write() as tx:
        story = await tx.stories.unschedule(await scheduled(tx))
        assert story.status is Status.AGREED
        assert await tx.stories.approvers(story) == []
        assert await tx.stories.approve(story, ANNA) == 1


async def test_of_two_corrections_only_the_first_is_taken(store: Store) -> None:
    async with store.write() as tx:
        story = await published(tx)
        corrected = await tx.stories.correct(story, Private("new"), meaning=False, editor=ANNA)
    for late in (story, corrected):
        with pytest.raises(Conflict):
            async with store.write() as tx:
                await tx.stories.correct(late, Private("newer"), meaning=False, editor=BORIS)


async def test_a_correction_that_was_dropped_can_be_made_again(store: Store) -> None:
    async with store.write() as tx:
        story = await published(tx)
        dropped = await tx.stories.drop_correction(
            await tx.stories.correct(story, Private("first"), meaning=True, editor=ANNA)
        )
        assert dropped.details == story.details
        second = await tx.stories.correct(dropped, Private("second"), meaning=False, editor=ANNA)
        assert (await tx.stories.text(second)).reveal() == "second"
        assert (await tx.stories.text(second, story.details.published)).reveal().endswith("Мне было страшно.")


async def test_what_was_said_for_a_release_or_a_return_ends_with_it(store: Store) -> None:
    async with store.write() as tx:
        story = await scheduled(tx)
        urged = msgspec.structs.replace(story.details, goes_out=1, urges=ANNA)
        assert (await tx.stories.move(story, Status.PUBLISHED, urged)).details.urges is None
        other = await published(tx)
        wanted = msgspec.structs.replace(other.details, retracts=ANNA)
        other = await tx.stories.amend(other, wanted)
        assert (await tx.stories.move(other, Status.RETRACTED)).details.retracts is None


async def test_without_its_sources_a_story_reads_as_before_and_nothing_else_opens(store: Store) -> None:
    async with store.write() as tx:
        story = await published(tx)
        await tx.questions.ask(story, Private("Когда?"))
        old = (await tx.work.connection.execute(select(versions.c.body))).scalar_one()
        text = await tx.stories.text(story)
    async with store.write() as tx:
        await tx.stories.forget_sources(await tx.stories.correct(story, Private("new"), meaning=True, editor=ANNA))
    async with store.read() as tx:
        left = await tx.stories.get(story.id)
        assert left is not None
        assert await tx.stories.text(left) == text
        assert left.details.correction is None
        assert await tx.stories.routes.find(story.id) is None
        assert [await count(tx, table) for table in (versions, questions, approvals)] == [1, 0, 0]
        with pytest.raises(Unreadable):
            await open_record(tx.work, story.key_id, Column("versions", "body"), story.id, 1, old, Details)


async def test_a_route_is_kept_longer_but_never_found_again(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        kept, lost = await tell_story(tx), await tell_story(tx, 2)
        until = tx.work.today + timedelta(days=100)
        await tx.stories.routes.drop(lost.id)
        for story in (kept, lost):
            await tx.stories.routes.keep(story.id, until)
            await tx.stories.routes.keep(story.id, until - timedelta(days=50))
    clock.pass_(days=100)
    async with store.read() as tx:
        assert await tx.stories.routes.find(kept.id) == chat()
        assert await tx.stories.routes.find(lost.id) is None
