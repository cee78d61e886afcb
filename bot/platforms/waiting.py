"""How long to wait before the next try."""

from __future__ import annotations

import random

FIRST = 0.5


class Backoff:
    """Doubles from half a second to `longest`, each time with up to half of it taken off at random, so that many
    clients don't come back in step."""

    def __init__(self, longest: float) -> None:
        self._longest = longest
        self._failures = 0

    def next(self) -> float:
        seconds = min(FIRST * 2.0 ** min(self._failures, 30), self._longest)
        self._failures += 1
        return seconds * (1 - random.random() / 2)  # noqa: S311 - no secret depends on it

    def reset(self) -> None:
        self._failures = 0
