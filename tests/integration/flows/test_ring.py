"""Once a week the ring gets a new key by itself, and what was shredded before can't be opened by anything."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.flows.testing import Stage
from storage.errors import KeyMissing
from storage.ids import KeyId
from storage.tables import wraps
from storage.vault import Holder, unwrap
from tests.clock import Clock
from tests.integration.flows.people import STORY, Cast


@pytest.fixture(autouse=True)
def today(clock: Clock) -> None:
    """The ring's keys are dated by the machine's own clock."""
    clock.set(datetime.now(UTC) + timedelta(minutes=1))


async def sweep(stage: Stage) -> None:
    async with stage.store.write() as tx:
        await tx.timers.set("sweep", b"", tx.now)
    await stage.settle()


async def test_a_week_later_the_old_key_is_gone_and_the_story_still_opens(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    await cast.submit(cast.author)
    await sweep(stage)
    assert stage.store.keys.ring.current == 1
    clock.pass_(days=7)
    await stage.settle()
    assert [key.number for key in stage.store.keys.ring.keys] == [2]
    assert STORY in await cast.text()


async def test_a_stolen_copy_of_a_shredded_story_opens_until_the_ring_changes(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    await cast.submit(cast.author)
    story = await cast.story()
    async with stage.store.read() as tx:
        stolen = (
            await tx.work.connection.execute(select(wraps.c.wrap).where(wraps.c.key_id == story.key_id))
        ).scalar_one()
    await cast.author.says("/delete")
    await cast.author.presses("Да, удалить всё")

    ring = stage.store.keys.ring
    unwrap(ring, stolen, story.key_id, Holder.RING)
    await sweep(stage)
    clock.pass_(days=7)
    await stage.settle()
    with pytest.raises(KeyMissing):
        unwrap(ring, stolen, story.key_id, Holder.RING)


async def test_on_the_day_after_a_deletion_the_ring_changes_without_waiting_for_the_week(
    stage: Stage, cast: Cast, clock: Clock
) -> None:
    await cast.submit(cast.author)
    await cast.author.says("/delete")
    await cast.author.presses("Да, удалить всё")
    await sweep(stage)
    assert stage.store.keys.ring.current == 1
    clock.pass_(days=1)
    await stage.settle()
    assert [key.number for key in stage.store.keys.ring.keys] == [2]


async def test_a_key_that_does_not_open_keeps_the_old_ring_and_the_operator_hears(
    stage: Stage, cast: Cast, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    await cast.submit(cast.author)
    story = await cast.story()
    async with stage.store.write() as tx:
        damaged = update(wraps).where(wraps.c.key_id == KeyId(story.key_id)).values(wrap=bytes(64))
        await tx.work.connection.execute(damaged)
    await sweep(stage)
    clock.pass_(days=7)
    with caplog.at_level(logging.ERROR):
        await stage.settle()
    assert "the key ring could not be changed" in caplog.text
    assert [key.number for key in stage.store.keys.ring.keys] == [1, 2]
