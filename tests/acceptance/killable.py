"""The command line, in a process that dies by SIGKILL at a named point: `killable.py <point> <time> <command …>`.

It dies when the point is reached for the time that the number says. Point "nowhere": it never dies by itself.

So that many kills fit into minutes, this program is impatient where the real one has time: no limits of Telegram's,
small pages of readers and of keys, leases of two seconds, cards in seconds (`hurried.py`). What it does is the same.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from functools import wraps
from typing import Any, cast

import msgspec

import bot.delivery.aftermath
import bot.delivery.books
import bot.duty
import bot.flows.engine
import bot.intake
import bot.media.download
import bot.media.job
import bot.platforms.telegram.adapter
import bot.turns
import handlers.publication.schedule
import storage.cutting
import storage.deliveries
import storage.files
import storage.inbox
import storage.jobs
import storage.leases
import storage.outbox
import storage.rotation
import storage.shards
from bot.cli import main
from storage.vault import KeyRing
from tests.acceptance.hurried import hurry_cards

READERS_A_SHARD = 5
KEYS_A_BATCH = 20

_Due = Callable[[], None]


def before(owner: Any, name: str, due: _Due) -> None:
    original = getattr(owner, name)

    @wraps(original)
    def dies(*args: Any, **named: Any) -> Any:
        due()
        return original(*args, **named)

    setattr(owner, name, dies)


def after(owner: Any, name: str, due: _Due, counts: Callable[..., bool] = lambda *_: True) -> None:
    original = getattr(owner, name)

    @wraps(original)
    async def dies(*args: Any, **named: Any) -> Any:
        result = await original(*args, **named)
        if counts(*args):
            due()
        return result

    setattr(owner, name, dies)


def _within_file(owner: Any, due: _Due) -> None:
    """When its first piece is written."""
    original = owner.write

    async def write(self: Any, blob: bytes, sealed: AsyncIterator[bytes]) -> None:
        async def pieces() -> AsyncIterator[bytes]:
            async for piece in sealed:
                yield piece
                due()

        await original(self, blob, pieces())

    owner.write = write


def _within_files(due: _Due) -> None:
    _within_file(storage.files.FolderFiles, due)
    _within_file(storage.files.TableFiles, due)


def _within_recording(due: _Due) -> None:
    """When its first piece has been handed on to be sealed, and the next one is wanted."""
    owner: Any = bot.media.download.Counted
    original = owner.pieces

    async def pieces(self: Any) -> AsyncIterator[bytes]:
        async for piece in original(self):
            yield piece
            if self._limit == bot.media.job.LARGEST_RECORDING:
                due()

    owner.pieces = pieces


POINTS: dict[str, Callable[[_Due], None]] = {
    "nowhere": lambda _due: None,
    "arrived, not committed": lambda due: after(storage.inbox.Inbox, "set_cursor", due),
    "committed, not confirmed to Telegram": lambda due: after(bot.intake.Intake, "accept", due, lambda *args: args[1]),
    "turn done, not committed": lambda due: after(bot.flows.engine.Engine, "turn", due),
    "turn committed": lambda due: after(bot.turns.Turns, "_turn", due),
    "file job leased": lambda due: before(bot.media.job, "_bring_in", due),
    "in the middle of a recording": _within_recording,
    "in the middle of a file": _within_files,
    "file job done, not committed": lambda due: before(storage.jobs.Jobs, "finish", due),
    "story came out, not committed": lambda due: after(handlers.publication.schedule, "come_out", due),
    "sent to a reader, not in the ledger": lambda due: before(storage.deliveries.Deliveries, "write", due),
    "in the ledger": lambda due: after(bot.delivery.books.Books, "_write", due),
    "end of a shard": lambda due: before(storage.shards.Shards, "finish", due),
    "sent, not taken off": lambda due: after(bot.delivery.aftermath.Aftermath, "take_off", due, lambda *args: args[2]),
    "new key in the ring": lambda due: before(storage.rotation, "_put_in_force", due),
    "new key in force": lambda due: after(storage.rotation, "_put_in_force", due),
    "keys moved, not committed": lambda due: before(storage.rotation, "wrap", due),
    "some keys moved": lambda due: after(storage.rotation, "_move_some", due),
    "all keys moved": lambda due: before(KeyRing, "destroy", due),
}


def _hurry(per_second: float | None, readers_a_shard: int) -> None:
    telegram = bot.platforms.telegram.adapter
    changes: dict[str, Any] = {"per_second": per_second, "private_gap": 0.0, "room_per_minute": None}
    telegram.CAPABILITIES = msgspec.structs.replace(telegram.CAPABILITIES, **changes)
    storage.cutting.READERS_A_SHARD = readers_a_shard
    storage.rotation.BATCH = KEYS_A_BATCH
    storage.outbox.LEASE_SECONDS = 2
    storage.jobs.LEASE_SECONDS = 2
    storage.leases.LEASE_SECONDS = 2
    bot.duty.EXTEND_SECONDS = 0.5
    bot.duty._SURE_SECONDS = 1.0
    bot.duty._LOOK_SECONDS = 0.1
    hurry_cards()


def _at(time: int) -> _Due:
    times = 0

    def due() -> None:
        nonlocal times
        times += 1
        if times == time:
            os.kill(os.getpid(), signal.SIGKILL)

    return due


def run(
    point: str,
    time: str,
    command: Sequence[str],
    *,
    per_second: float | None = None,
    readers_a_shard: int = READERS_A_SHARD,
) -> None:
    """per_second: messages that Telegram takes; None: without limit"""
    _hurry(per_second, readers_a_shard)
    POINTS[point](_at(int(time)))
    sys.argv = ["tamizdat", *command]
    cast(Any, main)()


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2], sys.argv[3:])
