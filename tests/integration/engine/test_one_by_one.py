"""Jobs that are done one by one: however many of them wait, the others pass by."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.app import FRAMEWORK_TEXTS
from bot.clockwork import Clockwork, Workshop
from bot.delivery.post import Post
from bot.flows.program import Tools
from bot.rooms import Rooms
from bot.texts.fluent import Texts
from storage.store import Store
from tests.integration.engine.toy import toy


@pytest.fixture
def engine() -> str:
    return "sqlite"


class Works:
    """Two kinds of jobs; the hard ones end when they may."""

    def __init__(self, store: Store) -> None:
        self.hard = self.most_hard = 0
        self.begun, self.passed, self.may_end = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.store = store
        jobs = {"hard": self._hard, "easy": self._easy}
        program = replace(toy(), jobs=jobs, one_by_one=frozenset({"hard"}))
        workshop = Workshop(store, {}, Texts.load([FRAMEWORK_TEXTS]), Post(), Rooms(editors={}, channels={}))
        self.clockwork = Clockwork(store, program, workshop, on_arrival=lambda: None)

    async def order(self, *kinds: str) -> None:
        async with self.store.write() as tx:
            for kind in kinds:
                await tx.jobs.add(kind, b"")

    async def _hard(self, _tools: Tools, _payload: bytes) -> None:
        self.hard += 1
        self.most_hard = max(self.most_hard, self.hard)
        self.begun.set()
        await self.may_end.wait()
        self.hard -= 1

    async def _easy(self, _tools: Tools, _payload: bytes) -> None:
        self.passed.set()


async def test_the_others_pass_by(store: Store) -> None:
    works = Works(store)
    await works.order("hard", "hard", "hard")
    first = asyncio.create_task(works.clockwork.work())
    await works.begun.wait()
    await works.order("easy")
    assert await works.clockwork.work()
    assert works.passed.is_set()
    assert not await works.clockwork.work()
    works.may_end.set()
    await first
    assert [await works.clockwork.work() for _ in range(3)] == [True, True, False]


async def test_two_that_look_in_the_same_moment_find_one(store: Store) -> None:
    works = Works(store)
    await works.order("hard", "hard")
    working = [asyncio.create_task(works.clockwork.work()) for _ in range(3)]
    done, others = await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
    await works.begun.wait()
    works.may_end.set()
    assert sum([await one for one in (*done, *others)]) == works.most_hard == 1
