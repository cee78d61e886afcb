"""Timed work that nobody presses a button for: wiping what is due, sweeping what is past."""

from __future__ import annotations

import logging
from collections import defaultdict

from bot.flows.program import Tools
from bot.flows.turn import Turn
from bot.types import Erase
from handlers.policy import MAINTENANCE_SECONDS
from storage import maintenance
from storage.address import Address, Reference
from storage.clock import MINUTE

log = logging.getLogger(__name__)

WIPE = "wipe"
SWEEP = "sweep"
_A_ROUND = 500
_EVERY = 10 * MINUTE


async def wipe(turn: Turn, subject: bytes) -> None:
    """Puts the deletion of what is due into the outbox, a chat at a time, and sets itself again."""
    by_chat: dict[Address, list[Reference]] = defaultdict(list)
    due = await turn.tx.messages.take_due(_A_ROUND)
    for item in due:
        by_chat[item.reference.chat].append(item.reference)
    for chat, references in by_chat.items():
        await turn.post.put(turn.tx, chat, Erase(references=tuple(references)))
    wait = 0 if len(due) == _A_ROUND else _EVERY
    await turn.tx.timers.set(WIPE, subject, turn.tx.now + wait)


async def order_sweep(turn: Turn, subject: bytes) -> None:
    await turn.post.order(turn.tx, SWEEP, b"")
    await turn.tx.timers.set(SWEEP, subject, turn.tx.now + MAINTENANCE_SECONDS)


async def sweep(tools: Tools, _payload: bytes) -> None:
    """Past lanes with their keys, orphaned files, expired routes, SQLite's journal."""
    swept = await maintenance.sweep(tools.store)
    if not swept.emptied:
        log.error("SQLite's journal could not be emptied: what was deleted today may still be in it until tomorrow")
