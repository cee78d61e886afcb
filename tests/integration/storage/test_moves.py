"""The way to an author leads to another account: only once the story moves, no longer than before, leaving nothing."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from storage.clock import DAY, day_of
from storage.routes import ROUTE_DAYS
from storage.store import Store, Transaction
from storage.tables import routes, wraps
from tests.clock import Clock
from tests.integration.storage.people import account, chat, tell_story


async def count(tx: Transaction) -> tuple[int, int]:
    """(ways, keys)"""
    found = [await tx.work.connection.execute(select(func.count()).select_from(table)) for table in (routes, wraps)]
    return found[0].scalar_one(), found[1].scalar_one()


async def test_the_way_leads_elsewhere_once_the_story_moves_and_no_longer_than_before(
    store: Store, clock: Clock
) -> None:
    async with store.write() as tx:
        story = await tell_story(tx)
        before, until = await count(tx), tx.work.today + timedelta(days=ROUTE_DAYS)
    clock.pass_(days=20)
    async with store.write() as tx:
        await tx.stories.routes.begin_move(story.id, chat(2), account(2))
        assert await tx.stories.routes.find(story.id) == chat(1)
    async with store.write() as tx:
        moved = await tx.stories.routes.move(story.id)
        assert moved is not None
        assert [way.chat for way in moved] == [chat(1), chat(2)]
        assert await tx.stories.routes.find(story.id) == chat(2)
        assert await tx.stories.routes.moving_to(story.id) is None
        assert await tx.stories.routes.move(story.id) is None
        assert await count(tx) == before
    clock.pass_(seconds=(until - day_of(clock.now())).days * DAY)
    async with store.read() as tx:
        assert await tx.stories.routes.find(story.id) == chat(2)
    clock.pass_(days=1)
    async with store.read() as tx:
        assert await tx.stories.routes.find(story.id) is None


async def test_a_move_that_is_cancelled_or_whose_story_is_shredded_leaves_nothing(store: Store) -> None:
    async with store.write() as tx:
        story = await tell_story(tx)
        before = await count(tx)
        await tx.stories.routes.begin_move(story.id, chat(2), account(2))
        await tx.stories.routes.cancel_move(story.id)
        assert await tx.stories.routes.find(story.id) == chat(1)
        assert await count(tx) == before
        await tx.stories.routes.begin_move(story.id, chat(2), account(2))
        await tx.stories.shred(story)
        assert await tx.stories.routes.moving_to(story.id) is None
        assert (await count(tx))[0] == 0


async def test_a_story_whose_way_is_lost_does_not_move(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        story = await tell_story(tx)
    clock.pass_(days=ROUTE_DAYS + 1)
    async with store.write() as tx:
        await tx.stories.routes.begin_move(story.id, chat(2), account(2))
        assert await tx.stories.routes.move(story.id) is None
        assert await tx.stories.routes.moving_to(story.id) is None
