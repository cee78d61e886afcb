"""The homeserver on a bad day: away, slow, cut off in the middle, or through with us. Nothing is lost by it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from bot.errors import PlatformAway, PlatformDenied
from bot.platforms.matrix.errors import MatrixSlow
from bot.texts.fluent import Texts
from tests.databases import MakeNewsroom
from tests.homeserver.line import Line
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.keys_stage import PASSWORD
from tests.integration.matrix.loop_stage import Bot, Person
from tests.patience import PATIENCE


@pytest.fixture
async def line(synapse: Synapse) -> AsyncIterator[Line]:
    async with Line(synapse.url) as line:
        yield line


@pytest.fixture(name="bot")
async def _bot(line: Line, synapse: Synapse, make_newsroom: MakeNewsroom, texts: Texts) -> AsyncIterator[Bot]:
    """It hears through the bad line, people through a good one."""
    newsroom = make_newsroom("sqlite")
    await newsroom.prepare()
    bot = await Bot.made(synapse, newsroom, texts, url=line.url)
    yield bot
    await bot.dies()


async def test_bad_answers_to_a_sync_lose_nothing(bot: Bot, line: Line, anna: Person) -> None:
    room = await anna.meets(bot)
    for number in range(4):
        await anna.tells(room, str(number))
        line.answers("/sync", 502, "<html>Bad gateway</html>")
        line.cuts("/sync")
        line.answers("/sync", 200, "[]")
        line.answers("/sync", 200, '{"rooms": {}}')  # without a position
        for _ in range(4):
            with pytest.raises(PlatformAway):
                await bot.round()
    await bot.until(lambda: "3" in bot.heard)
    assert bot.heard == ["/start", "0", "1", "2", "3"]


async def test_the_pages_of_a_gap_are_asked_for_again(bot: Bot, line: Line, anna: Person) -> None:
    room = await anna.meets(bot)
    for number in range(120):
        await anna.tells(room, str(number))
    line.cuts("/messages")
    line.slows("/messages", 1)
    for _ in range(2):
        with pytest.raises(PlatformAway):
            await bot.round()
    await bot.until(lambda: "119" in bot.heard)
    assert bot.heard == ["/start", *map(str, range(120))]


async def test_a_room_is_joined_whatever_the_line_does(bot: Bot, line: Line, anna: Person) -> None:
    line.answers("/join/", 502)
    line.slows("/join/", 10)
    line.cuts("/join/")  # joined, and nobody told us
    line.answers("/state", 503)
    room = await anna.opens(bot)
    async with asyncio.timeout(PATIENCE):
        while bot.room_of(anna) != room:
            try:
                await bot.round()
            except PlatformAway:
                continue
    assert line.left == 0


async def test_the_loop_itself_waits_and_goes_on(
    bot: Bot, line: Line, anna: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.platforms.matrix.listening.sync")
    room = await anna.meets(bot)
    line.answers("/sync", 502, times=3)
    line.slows("/sync", 50)
    await anna.tells(room, "through all that")
    bot._doing.cancel()
    bot.woken.clear()
    running = asyncio.create_task(bot.loop.run(bot.sink))
    async with asyncio.timeout(PATIENCE):
        await bot.woken.wait()
    await bot.hears()
    assert "through all that" in bot.heard
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    warned = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert len(warned) == 1  # once for all four
    assert "The homeserver answers again" in caplog.text


async def test_a_429_says_how_long_to_wait(bot: Bot, line: Line) -> None:
    line.slows("/sync", 70_000)
    with pytest.raises(MatrixSlow) as slow:
        await bot.round()
    assert slow.value.after == 70.0


async def test_a_server_that_was_killed_and_comes_back(
    own_synapse: Synapse, make_newsroom: MakeNewsroom, texts: Texts
) -> None:
    newsroom = make_newsroom("sqlite")
    await newsroom.prepare()
    bot = await Bot.made(own_synapse, newsroom, texts)
    anna = await Person.made(own_synapse)
    room = await anna.meets(bot)
    await anna.tells(room, "before")
    own_synapse.kill()
    with pytest.raises(PlatformAway):
        await bot.round()
    await own_synapse.start()
    await anna.tells(room, "after")
    await bot.until(lambda: "after" in bot.heard)
    assert bot.heard == ["/start", "before", "after"]
    await bot.dies()


async def test_a_revoked_token_ends_the_loop_with_a_clear_line(bot: Bot, synapse: Synapse) -> None:
    await synapse.admin(
        "POST", f"/_synapse/admin/v1/reset_password/{bot.user}", {"new_password": PASSWORD, "logout_devices": True}
    )
    bot._doing.cancel()
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(PlatformDenied, match="tamizdat matrix login"):
            await bot.loop.run(bot.sink)
