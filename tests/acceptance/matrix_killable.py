"""`killable.py` with the points that only a Matrix newsroom has: `matrix_killable.py <point> <time> <command …>`."""

from __future__ import annotations

import sys

import bot.platforms.matrix.adapter
import bot.platforms.matrix.client
import bot.platforms.matrix.listening.sync
import storage.inbox
from tests.acceptance.killable import POINTS, after, before, run

POINTS |= {
    "synced, nothing stored": lambda due: after(bot.platforms.matrix.listening.sync.Loop, "_sync", due),
    "keys written, cursor not": lambda due: before(storage.inbox.Inbox, "set_cursor", due),
    "committed, not confirmed to the homeserver": lambda due: after(
        bot.platforms.matrix.listening.sync.Loop, "_commit", due
    ),
}

if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2], sys.argv[3:])
