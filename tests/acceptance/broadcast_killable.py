"""`killable.py` with the points of a broadcast, and at a pace: `broadcast_killable.py <point> <time> <command …>`."""

from __future__ import annotations

import sys
from typing import Any

import bot.delivery.cast
import bot.delivery.slots
import bot.delivery.walk
import handlers.broadcasting.progress
import storage.cutting
import storage.deliveries
import storage.shards
from bot.delivery.outlet import _width
from tests.acceptance.killable import POINTS, after, before, run

PER_SECOND = 60.0
WIDTH = _width(PER_SECOND)
"""Messages that are on their way at once, until what became of them is on the disk."""

POINTS |= {
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
    run(sys.argv[1], sys.argv[2], sys.argv[3:], per_second=PER_SECOND)
