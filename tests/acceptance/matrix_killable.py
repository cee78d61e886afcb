"""`killable.py` with the points that only a Matrix newsroom has: `matrix_killable.py <point> <time> <command …>`."""

from __future__ import annotations

import sys

import bot.platforms.matrix.adapter
import bot.platforms.matrix.client
import bot.platforms.matrix.sync
import storage.inbox
from tests.acceptance.killable import POINTS, _after, _before, run

POINTS |= {
    "synced, nothing stored": lambda due: _after(bot.platforms.matrix.sync.Loop, "_sync", due),
    "keys written, cursor not": lambda due: _before(storage.inbox.Inbox, "set_cursor", due),
    "committed, not confirmed to the homeserver": lambda due: _after(bot.platforms.matrix.sync.Loop, "_commit", due),
}

if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2], sys.argv[3:])
