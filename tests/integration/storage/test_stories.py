"""Stories: what may become of them, who agrees, who approves, and what is left when they are shredded."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text, update

from storage.errors import Conflict, Unreadable
from storage.ids import EditorId, StoryId, VersionNumber, new_id
from storage.private import Private
from storage.routes import ROUTE_DAYS
from storage.sealed import open_record
from storage.store import Store, Transaction
from storage.story import OPEN, Details, Status, Story
from storage.tables import metadata, wraps
from storage.tables import settings as settings_table
from storage.tables import stories as stories_table
from storage.vault import Column
from tests.clock import Clock
from tests.databases import MakeNewsroom, Newsroom
from tests.integration.storage.people import account, agreed_story, chat, tell_story

ARROWS = {
    ("submitted", "submitted"),  # a new version before anybody was asked
    ("submitted", "consent"),
    ("consent", "submitted"),
    ("consent", "agreed"),
    ("agreed", "submitted"),
    ("submitted", "agreed"),  # of an author who wants no letters
    ("agreed", "scheduled"),
    ("scheduled", "agreed"),  # stopped
    ("scheduled", "submitted"),
    ("scheduled", "published"),
    ("published", "retracted"),
    *((status, end) for status in ("submitted", "consent", "agreed", "scheduled") for end in ("rejected", "withdrawn")),
}
"""The picture at the top of `storage/story.py`."""


async def test_a_story_is_kept_as_it_was_told(store: Store) -> None:
    async with store.write() as tx:
        story = await tell_story(tx, text="Мне было страшно.")
    async with store.read() as tx:
        found = await tx.stories.get(story.id)
        assert found == story
        assert (await tx.stories.text(found)).reveal().endswith("Мне было страшно.")
        assert await tx.stories.routes.find(story.id) == chat()
        assert await tx.contributors.stories(account()) == (story.id,)
        assert await tx.stories.get(StoryId(new_id())) is None


async def test_each_edit_is_a_new_version_and_the_old_one_can_still_be_read(store: Store) -> None:
    async with store.write() as tx:
        story = await tx.stories.offer(await tell_story(tx, text="first"))
        edited = await tx.stories.add_version(story, Private("second"))
        assert (edited.status, edited.details.offered) == (Status.SUBMITTED, None)
        assert (await tx.stories.text(edited)).reveal() == "second"
        assert (await tx.stories.text(edited, VersionNumber(1))).reveal().endswith("first")


async def test_of_two_editors_who_decide_at_once_the_second_is_told(store: Store) -> None:
    async with store.write() as tx:
        story = await tell_story(tx)
    async with store.write() as tx:
        await tx.stories.move(story, Status.REJECTED)
    with pytest.raises(Conflict):
        async with store.write() as tx:
            await tx.stories.offer(story)


async def test_only_what_its_author_agreed_to_can_be_approved(store: Store) -> None:
    async with store.write() as tx:
        story = await tx.stories.offer(await tell_story(tx))
        with pytest.raises(Conflict):
            await tx.stories.approve(story, EditorId(new_id()))


async def test_one_editor_counts_once(store: Store) -> None:
    anna, boris = EditorId(new_id()), EditorId(new_id())
    async with store.write() as tx:
        story = await agreed_story(tx)
        assert [await tx.stories.approve(story, editor) for editor in (anna, anna, boris)] == [1, 1, 2]
        assert set(await tx.stories.approvers(story)) == {anna, boris}


async def test_a_new_version_has_no_approvals(store: Store) -> None:
    async with store.write() as tx:
        story = await agreed_story(tx)
        await tx.stories.approve(story, EditorId(new_id()))
        story = await tx.stories.offer(await tx.stories.add_version(story, Private("another text")))
        story = await tx.stories.move(story, Status.AGREED)
        assert await tx.stories.approvers(story) == []


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_two_approvals_in_one_moment_make_two(newsroom: Newsroom) -> None:
    here, there = await newsroom.open(), await newsroom.open()
    async with here.write() as tx:
        story = await agreed_story(tx)

    async def approve() -> int:
        async with there.write() as tx:
            return await tx.stories.approve(story, EditorId(new_id()))

    async with here.write() as tx:
        assert await tx.stories.approve(story, EditorId(new_id())) == 1
        second = asyncio.create_task(approve())
        async with here.read() as looking:
            waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            while (await looking.work.connection.execute(waiting)).scalar_one() == 0:
                assert not second.done()
    assert await second == 2
    await here.close()
    await there.close()


async def test_the_way_to_its_author_is_lost_after_sixty_days(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        story = await tell_story(tx)
    clock.pass_(days=ROUTE_DAYS)
    async with store.write() as tx:
        await tx.stories.routes.expire()
        assert await tx.stories.routes.find(story.id) == chat()
    clock.pass_(days=1)
    async with store.write() as tx:
        assert await tx.stories.routes.find(story.id) is None
        before = await wrap_count(store)
        await tx.stories.routes.expire()
    assert await wrap_count(store) == before - 1
    async with store.read() as tx:
        assert await tx.stories.get(story.id) is not None


async def wrap_count(store: Store) -> int:
    async with store.read() as tx:
        return int((await tx.work.connection.execute(select(func.count()).select_from(wraps))).scalar_one())


async def test_a_story_counts_the_days_from_its_last_change_of_status(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        told = await tell_story(tx)
    clock.pass_(days=3)
    async with store.write() as tx:
        assert (await tx.stories.offer(told)).since == told.since + timedelta(days=3)


async def test_a_shredded_story_is_gone_with_everything_that_was_its_own(newsroom: Newsroom) -> None:
    store = await newsroom.open()
    async with store.write() as tx:
        story = await agreed_story(tx)
        await tx.stories.approve(story, EditorId(new_id()))
        await tx.questions.ask(story, Private("Когда это было?"))
        copy = (await tx.work.connection.execute(select(metadata.tables["stories"].c.body))).scalar_one()
    async with store.write() as tx:
        await tx.contributors.forget(account())
        await tx.stories.shred(story)
    async with store.read() as tx:
        for table in metadata.sorted_tables:
            if table is not wraps and table is not settings_table:
                assert (await tx.work.connection.execute(select(table))).all() == []
        assert (await tx.work.connection.execute(select(func.count()).select_from(wraps))).scalar_one() == 1  # canary
        column = Column("stories", "body")
        with pytest.raises(Unreadable):  # somebody kept a copy of the row
            await open_record(tx.work, story.key_id, column, story.id, story.revision, copy, Details)
    await store.close()


async def test_who_read_a_story_while_it_was_shredded_does_not_keep_its_key(newsroom: Newsroom) -> None:
    store = await newsroom.open()
    async with store.write() as tx:
        story = await tell_story(tx)
    await store.close()
    store = await newsroom.open()
    async with store.write() as tx:
        await tx.stories.shred(story)
        async with store.read() as beside:
            assert await beside.stories.get(story.id) == story
    async with store.read() as tx:
        with pytest.raises(Unreadable):
            await tx.work.keys.get(tx.work.connection, story.key_id)
    await store.close()


async def test_a_question_is_answered_once(store: Store) -> None:
    async with store.write() as tx:
        story, other = await tell_story(tx), await tell_story(tx, 2)
        first = await tx.questions.ask(story, Private("Когда?"))
        await tx.questions.ask(story, Private("Где?"))
        assert not await tx.questions.answer(other, first.id, Private("у другого"))
        assert await tx.questions.answer(story, first.id, Private("вчера"))
        assert not await tx.questions.answer(story, first.id, Private("сегодня"))
        found = await tx.questions.all(story)
    assert [asked.question.reveal() for asked in found] == ["Когда?", "Где?"]
    assert [asked.answer and asked.answer.reveal() for asked in found] == ["вчера", None]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.sampled_from([*Status, "offer", "edit"]), max_size=8))
def test_whatever_is_tried_only_the_drawn_arrows_are_gone(make_newsroom: MakeNewsroom, moves: list[str]) -> None:
    asyncio.run(_try_all(make_newsroom("sqlite"), moves))


async def _try_all(newsroom: Newsroom, moves: list[str]) -> None:
    await newsroom.prepare()
    store = await newsroom.open()
    async with store.write() as tx:
        story = await tell_story(tx)
        for move in moves:
            before = story
            try:
                story = await _go(tx, story, move)
            except Conflict:
                assert await tx.stories.get(before.id) == before
            else:
                assert (before.status, story.status) in ARROWS
                assert await tx.stories.get(story.id) == story
    await store.close()


async def _go(tx: Transaction, story: Story, move: str) -> Story:
    match move:
        case "offer":
            return await tx.stories.offer(story)
        case "edit":
            return await tx.stories.add_version(story, Private("another text"))
        case _:
            return await tx.stories.move(story, Status(move))


async def test_the_newest_come_first_those_in_the_reader_s_language_before_the_others(
    store: Store, clock: Clock
) -> None:
    told: list[StoryId] = []
    for language in ("ru", "en", "ru"):
        async with store.write() as tx:
            story = await agreed_story(tx)
            story = await tx.stories.move(story, Status.SCHEDULED)
            story = await tx.stories.move(story, Status.PUBLISHED)
            await tx.work.connection.execute(
                update(stories_table).where(stories_table.c.id == story.id).values(language=language)
            )
            told.append(story.id)
        clock.pass_(days=1)
    async with store.write() as tx:
        await tell_story(tx)
        old, english, new = told
        for language, order in (("ru", [new, old, english]), ("en", [english, new, old]), ("de", [new, english, old])):
            found = await tx.stories.newest(Status.PUBLISHED, language, skip=0, most=10)
            assert [story.id for story in found] == order
            page = await tx.stories.newest(Status.PUBLISHED, language, skip=1, most=1)
            assert [story.id for story in page] == order[1:2]
        await tx.work.connection.execute(
            update(stories_table).where(stories_table.c.id == english).values(body=b"damaged")
        )
        found = await tx.stories.newest(Status.PUBLISHED, "ru", skip=0, most=10)
        assert [story.id for story in found] == [new, old]


async def test_a_list_tells_days_and_no_order_within_one(store: Store, clock: Clock) -> None:
    days: list[list[StoryId]] = []
    for _ in range(2):
        async with store.write() as tx:
            days.append([(await tell_story(tx)).id for _ in range(12)])
        clock.pass_(days=1)
    async with store.read() as tx:
        found = [story.id for story in await tx.stories.listed(OPEN)]
    for told, listed in zip(days, (found[:12], found[12:]), strict=True):
        assert set(listed) == set(told)
        assert listed != told
