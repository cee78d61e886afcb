"""Timed work that nobody presses a button for: wiping what is due, sweeping what is past, emptying the journal."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import timedelta

from bot.flows.program import Tools
from bot.flows.turn import Turn
from bot.types import Erase
from handlers.policy import MAINTENANCE_SECONDS, RING_DAYS
from handlers.statistics.counting import count_readers
from storage import maintenance
from storage.address import Address, Reference
from storage.clock import MINUTE, day_of
from storage.errors import JournalHeld, VaultError
from storage.rotation import rotate
from storage.store import Store

log = logging.getLogger(__name__)

WIPE = "wipe"
SWEEP = "sweep"
EMPTY = "empty"
_A_ROUND = 500
_EVERY = 10 * MINUTE
"""At full ten minutes, as the times are that it looks for (`storage/messages.py`)."""


async def wipe(turn: Turn, subject: bytes) -> None:
    """Puts the deletion of what is due into the outbox, a chat at a time, and sets itself again."""
    by_chat: dict[Address, list[Reference]] = defaultdict(list)
    due = await turn.tx.messages.take_due(_A_ROUND)
    for item in due:
        by_chat[item.reference.chat].append(item.reference)
    for chat, references in by_chat.items():
        await turn.post.put(turn.tx, chat, Erase(references=tuple(references)))
    await order_emptying(turn)  # drafts, too, leave it within ten minutes of their end
    wait = 0 if len(due) == _A_ROUND else _EVERY - turn.tx.now % _EVERY
    await turn.tx.timers.set(WIPE, subject, turn.tx.now + wait)


async def order_emptying(turn: Turn) -> None:
    """Called where something was destroyed: it must not outlive that in SQLite's journal."""
    if turn.tx.work.is_sqlite:
        await turn.tx.timers.set(EMPTY, b"", turn.tx.now)


async def emptying_due(turn: Turn, _subject: bytes) -> None:
    await turn.post.order(turn.tx, EMPTY, b"")


async def empty_journal(tools: Tools, _payload: bytes) -> None:
    """Raises JournalHeld: it is tried again, after seconds first, then after minutes."""
    if not await maintenance.checkpoint(tools.store.database):
        log.error("SQLite's journal could not be emptied: what was destroyed is still in it, until a reader ends")
        raise JournalHeld("A reader keeps SQLite's journal: is a copy of the database being made?")


async def order_sweep(turn: Turn, subject: bytes) -> None:
    await turn.post.order(turn.tx, SWEEP, b"")
    await turn.tx.timers.set(SWEEP, subject, turn.tx.now + MAINTENANCE_SECONDS)


async def sweep(tools: Tools, _payload: bytes) -> None:
    """Past lanes with their keys, orphaned files, expired routes, SQLite's journal; week's count and ring, if due."""
    swept = await maintenance.sweep(tools.store)
    if not swept.emptied:
        log.error("SQLite's journal could not be emptied: what was deleted today may still be in it until tomorrow")
    await count_readers(tools)
    await _change_ring(tools.store)


async def _change_ring(store: Store) -> None:
    """From then on nothing opens what was shredded before, not even the root key with old copies of the data.

    Once a week, and on the day after anybody has left or anything was deleted for good: else a copy of the ring from
    the end of its week would open for another week what PostgreSQL and disks keep of rows that are gone.
    """
    today, made = day_of(store.clock.now()), store.keys.ring.keys[-1].created
    gone = store.tombstones.known().marks.values()
    if today - made < timedelta(days=RING_DAYS) and not any(made <= day < today for day in gone):
        return
    try:
        number = await rotate(store, lambda _done, _total: None)
    except VaultError as error:  # some wraps don't open: all else is moved, and nothing is destroyed
        log.error("the key ring could not be changed: %s", error)
    else:
        log.info("key %d of the ring is in force; every older one is destroyed", number)
