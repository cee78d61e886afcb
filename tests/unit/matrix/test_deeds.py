"""What is done beside the loop: nobody can stop it by having us do what fails for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from bot.errors import PlatformAway
from bot.platforms.matrix.rooms.deeds import MOST_TRIES, Deed, Deeds
from tests.patience import PATIENCE


@pytest.fixture
async def deeds() -> AsyncIterator[Deeds]:
    deeds = Deeds(longest_wait=0.0)
    running = asyncio.create_task(deeds.run())
    yield deeds
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


def _failing(tries: list[str], name: str = "dead") -> Deed:
    async def fails() -> None:
        tries.append(name)
        raise PlatformAway("502: the inviting server is dead", 0.0)

    return fails


async def test_what_fails_for_ever_is_given_up_with_a_line_in_the_log(
    deeds: Deeds, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[str] = []
    deeds.add("dead", _failing(tries))
    async with asyncio.timeout(PATIENCE):
        await deeds.settle()
    assert len(tries) == MOST_TRIES
    assert "given up" in caplog.text
    deeds.add("dead", _failing(tries))  # it is news again
    async with asyncio.timeout(PATIENCE):
        await deeds.settle()
    assert len(tries) == 2 * MOST_TRIES


async def test_what_fails_lets_the_others_pass() -> None:
    """However many there are: one invitation from a dead server once stopped all joining."""
    deeds, tries, joined = Deeds(longest_wait=60.0), list[str](), asyncio.Event()

    async def joins() -> None:
        joined.set()

    for number in range(20):
        deeds.add(number, _failing(tries))
    deeds.add("alive", joins)
    running = asyncio.create_task(deeds.run())
    async with asyncio.timeout(PATIENCE):
        await joined.wait()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert len(tries) == 20
