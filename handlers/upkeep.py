"""Timed work that nobody presses a button for: wiping what is due, sweeping what is past."""

from __future__ import annotations

from collections import defaultdict

from bot.flows.turn import Turn
from bot.types import Erase
from handlers.policy import MAINTENANCE_SECONDS
from storage.address import Address, Reference
from storage.clock import MINUTE

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


async def sweep(turn: Turn, subject: bytes) -> None:
    """Lanes of past days with their keys, event hashes, expired routes."""
    await turn.tx.lanes.sweep()
    await turn.tx.inbox.forget_old_events()
    await turn.tx.stories.expire_routes()
    await turn.tx.timers.set(SWEEP, subject, turn.tx.now + MAINTENANCE_SECONDS)
