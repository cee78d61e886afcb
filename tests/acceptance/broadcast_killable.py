"""`killable.py` with the points of a broadcast, at the real pace: `broadcast_killable.py <point> <time> <command>`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import bot.delivery.books
import bot.delivery.cast
import bot.delivery.slots
import bot.delivery.walk
import handlers.broadcasting.progress
import storage.cutting
import storage.deliveries
import storage.shards
from bot.platforms.telegram.adapter import PER_SECOND
from tests.acceptance.killable import POINTS, after, before, run

WIDTH = 4
"""Messages that may be on their way at once at that pace, until what became of them is on the disk."""
READERS_A_SHARD = 40
"""More than are on their way: most lives take a shard up in its middle."""
SLOW_DISK_SECONDS = 0.5
"""Many times WIDTH could be sent meanwhile."""


def _slow_disk() -> None:
    books: Any = bot.delivery.books
    books._GROUP_SECONDS = SLOW_DISK_SECONDS


def _before_a_slow_disk(due: Callable[[], None]) -> None:
    _slow_disk()
    before(storage.deliveries.Deliveries, "write", due)


POINTS |= {
    "nowhere, and the disk is slow": lambda _due: _slow_disk(),
    "many sent, none in the ledger": _before_a_slow_disk,
    "broadcast begun, not cut": lambda due: before(storage.cutting.Cutting, "_cut", due),
    "cut into shards, not committed": lambda due: after(storage.cutting.Cutting, "_cut", due),
    "shard leased": lambda due: after(bot.delivery.cast.Cast, "_lease", due),
    "slots reserved": lambda due: after(bot.delivery.slots.Slots, "_reserve", due),
    "line written, not committed": lambda due: after(storage.deliveries.Deliveries, "write", due),
    "shard closed": lambda due: after(bot.delivery.walk.Walk, "_leave", due),
    "counted up, not committed": lambda due: before(storage.shards, "delete", due),
}

if __name__ == "__main__":
    progress: Any = handlers.broadcasting.progress
    progress.PROGRESS_SECONDS = 1
    run(sys.argv[1], sys.argv[2], sys.argv[3:], per_second=PER_SECOND, readers_a_shard=READERS_A_SHARD)
