"""Memory-hard work: one at a time, in the order it came, and never more waiting than there is room for."""

from __future__ import annotations

import asyncio
import os
import threading

import pytest

from storage.errors import Overloaded
from storage.vault.gate import Gate


class Work:
    """Something that takes until it is let go."""

    def __init__(self, done: list[str] | None = None, name: str = "") -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()
        self._done, self._name = done if done is not None else [], name

    def __call__(self) -> str:
        self.begun.set()
        assert self.may_end.wait(30)
        self._done.append(self._name)
        return self._name


async def started(gate: Gate, work: Work) -> asyncio.Task[str]:
    running = asyncio.create_task(gate.run(work))
    assert await asyncio.to_thread(work.begun.wait, 30)
    return running


async def test_the_next_begins_when_the_one_before_has_ended() -> None:
    gate, done = Gate(), list[str]()
    first, second, third = (Work(done, name) for name in ("first", "second", "third"))
    running = [await started(gate, first)]
    running += [asyncio.create_task(gate.run(work)) for work in (second, third)]
    await asyncio.sleep(0)
    assert not second.begun.is_set()
    third.may_end.set()
    second.may_end.set()
    assert done == []
    first.may_end.set()
    assert await asyncio.gather(*running) == done == ["first", "second", "third"]


async def test_whoever_finds_no_place_is_told_so_and_may_come_again() -> None:
    gate, work = Gate(places=1), Work(name="the first")
    running = await started(gate, work)
    with pytest.raises(Overloaded):
        await gate.run(lambda: "the second")
    work.may_end.set()
    assert await running == "the first"
    assert await gate.run(lambda: "the second") == "the second"


async def test_whoever_goes_away_makes_room() -> None:
    gate, work = Gate(places=2), Work()
    running = await started(gate, work)
    waiting = asyncio.create_task(gate.run(lambda: "not wanted any more"))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    other = asyncio.create_task(gate.run(lambda: "in its place"))
    work.may_end.set()
    await running
    assert await other == "in its place"


async def test_what_the_work_raises_comes_back_and_its_place_is_free() -> None:
    gate = Gate(places=1)

    def fail() -> None:
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            await gate.run(fail)


async def test_the_work_gives_way_to_everything_else() -> None:
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert await Gate().run(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id())) == min(19, ours + 10)
    assert os.getpriority(os.PRIO_PROCESS, 0) == ours
