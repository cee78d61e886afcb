"""What a wait in vain is explained with: all that waits, and nothing of what it says."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from storage.database import sqlite_url
from storage.store import Store
from storage.tables import timers
from tests.acceptance.standstill import standstill
from tests.clock import Clock
from tests.databases import Newsroom
from tests.integration.storage.people import chat

WORDS = b"On the square"


async def told(newsroom: Newsroom) -> str:
    return await standstill(newsroom.url or sqlite_url(newsroom.data))


async def test_it_names_what_waits_and_says_nothing_of_it(newsroom: Newsroom, store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        await tx.outbox.add(chat(), WORDS)
        await tx.jobs.add("photo", WORDS)
        await tx.timers.set("follow", WORDS, clock.now())
    said = await told(newsroom)
    assert "outbox: 1\n  seq" in said
    assert "jobs: 1\n  kind photo, attempts 0, due at once, leased by nobody" in said
    assert "timers: 1\n  kind follow, due -" in said
    assert WORDS.decode() not in said


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_it_names_who_waits_for_whom(newsroom: Newsroom, store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        await tx.timers.set("follow", WORDS, clock.now())

    async def put_off() -> None:
        async with store.write() as tx:
            await tx.timers.set("follow", WORDS, clock.now() + 1)

    async with store.write() as tx:
        await tx.work.connection.execute(select(timers).with_for_update())
        waiting = asyncio.create_task(put_off())
        while "wait_event_type Lock" not in (said := await told(newsroom)):
            assert not waiting.done()
    await waiting
    (blocked,) = [line for line in said.splitlines() if "wait_event_type Lock" in line]
    blocker = blocked.partition("blocked_by [")[2].partition("]")[0]
    assert f"pid {blocker}, state idle in transaction" in said
