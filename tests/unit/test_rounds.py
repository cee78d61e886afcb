"""With rounds, what comes in between is taken together; without, at once."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from contextlib import nullcontext

import pytest

from bot import rounds
from bot.rounds import ROUND_SECONDS, Loop, gathered

EVENTS = 5


class Clock:
    """Sleeping takes exactly as long as it is told; while it sleeps, the next event comes."""

    def __init__(self, comes: socket.socket) -> None:
        self._comes = comes
        self.now = 100.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        self._comes.send(b"x")


async def received(end: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    for _ in range(EVENTS):
        await loop.sock_recv(end, 1)


@pytest.mark.parametrize("with_rounds", [True, False])
def test_what_comes_in_between_waits_for_the_end_of_a_round(with_rounds: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    comes, end = socket.socketpair()
    end.setblocking(False)
    clock = Clock(comes)

    async def main() -> None:
        monkeypatch.setattr(rounds, "time", clock)
        await asyncio.sleep(0)  # a round ends at the clock's beginning
        if not with_rounds:
            comes.send(b"x" * EVENTS)
        with gathered() if with_rounds else nullcontext():
            await received(end)
        monkeypatch.undo()

    with comes, end:
        rounds.run(main())

    assert clock.slept == pytest.approx([ROUND_SECONDS] * (EVENTS if with_rounds else 0))


def test_another_thread_is_heard_within_a_round_and_timers_ring() -> None:
    async def main() -> str:
        heard: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        with gathered():
            await asyncio.sleep(0.001)
            threading.Thread(
                target=asyncio.get_running_loop().call_soon_threadsafe, args=(heard.set_result, "you")
            ).start()
            return await heard

    with asyncio.Runner(loop_factory=Loop) as runner:
        assert runner.run(main()) == "you"


async def test_in_another_loop_it_makes_no_difference() -> None:
    with gathered():
        await asyncio.sleep(0)


def test_afterwards_there_are_no_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> None:
        with gathered(), gathered():
            await asyncio.sleep(0)
        monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("there was a round"))
        await asyncio.sleep(0.001)
        monkeypatch.undo()

    rounds.run(main())
