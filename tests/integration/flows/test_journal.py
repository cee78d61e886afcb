"""What was destroyed leaves SQLite's journal at once, and somebody hears of it when it can't."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import select, text

from bot.flows.testing import Stage
from storage.tables import wraps
from tests.clock import Clock
from tests.integration.flows.people import Cast

pytestmark = pytest.mark.parametrize("manner", ["telegram"])
"""The journal does not know of messengers."""


async def wrap_of(cast: Cast) -> bytes:
    """The wrapped key of the only story, as it lies in the database."""
    story = await cast.story()
    async with cast.stage.store.read() as tx:
        found = select(wraps.c.wrap).where(wraps.c.key_id == story.key_id)
        return bytes((await tx.work.connection.execute(found)).scalar_one())


def lies_in_a_file(cast: Cast, secret: bytes) -> bool:
    return any(secret in path.read_bytes() for path in cast.data.iterdir() if path.is_file())


async def take_back(cast: Cast) -> None:
    author = cast.author
    await author.presses("Мои истории")
    await author.presses("История 1")
    await author.presses("Забрать историю")
    await author.presses("Да, забрать")
    await author.expects("История уничтожена")


async def test_the_key_of_a_story_that_was_taken_back_is_in_no_file(cast: Cast) -> None:
    await cast.submit(cast.author)
    secret = await wrap_of(cast)
    assert lies_in_a_file(cast, secret)
    await take_back(cast)
    assert not lies_in_a_file(cast, secret)


async def test_a_reader_in_the_way_is_reported_and_waited_for(
    stage: Stage, cast: Cast, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    await cast.submit(cast.author)
    secret = await wrap_of(cast)
    async with stage.store.database.snapshot() as reader:
        await reader.execute(text("SELECT count(*) FROM wraps"))
        with caplog.at_level(logging.ERROR):
            await take_back(cast)
        assert "SQLite's journal could not be emptied" in caplog.text
        assert lies_in_a_file(cast, secret)
    clock.pass_(seconds=2)
    await stage.settle()
    assert not lies_in_a_file(cast, secret)
