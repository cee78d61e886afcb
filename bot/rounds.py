"""The event loop's rounds: while very many messages go out, what comes within ROUND_SECONDS is taken together.

A process that falls asleep after each message, and is woken for the next, finds its caches cold each time, and pays
for that with every message. What anybody waits for comes later by a round at most, and timers ring as late.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

ROUND_SECONDS = 0.002


class _Selector(selectors.DefaultSelector):
    gathering = 0
    """how many want it"""
    _ended = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if self.gathering and timeout != 0:
            rest = self._ended + ROUND_SECONDS - time.monotonic()
            if rest > 0:
                time.sleep(rest)
                timeout = None if timeout is None else max(0.0, timeout - rest)
        found = super().select(timeout)
        self._ended = time.monotonic()
        return found


class Loop(asyncio.SelectorEventLoop):
    """asyncio's, with rounds."""

    def __init__(self) -> None:
        self._rounds = _Selector()
        super().__init__(self._rounds)

    @contextmanager
    def gathering(self) -> Iterator[None]:
        self._rounds.gathering += 1
        try:
            yield
        finally:
            self._rounds.gathering -= 1


def run(main: Coroutine[Any, Any, None]) -> None:
    """As `asyncio.run`, in a loop that may have rounds."""
    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(main)


@contextmanager
def gathered() -> Iterator[None]:
    """While the block runs, the loop has rounds. In any other loop than ours it makes no difference."""
    loop = asyncio.get_running_loop()
    if not isinstance(loop, Loop):
        yield
        return
    with loop.gathering():
        yield
