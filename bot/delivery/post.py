"""Into the outbox and among the jobs, inside a transaction: the only way in which anything is sent or ordered."""

from __future__ import annotations

from collections.abc import Callable

from bot.types import Outgoing
from storage.address import Address
from storage.codec import encode
from storage.outbox_queue import REPLY
from storage.store import Transaction


class Post:
    def __init__(self) -> None:
        self.wake: Callable[[], None] = lambda: None
        """called after the commit; the senders put their bell here"""
        self.wake_workers: Callable[[], None] = lambda: None
        """the same for whoever does the jobs"""

    async def put(self, tx: Transaction, chat: Address, outgoing: Outgoing, urgency: int = REPLY) -> None:
        await tx.outbox.add(chat, encode(outgoing), urgency=urgency, anchor=outgoing.anchor)
        _once_committed(tx, self.wake)

    async def order(self, tx: Transaction, kind: str, body: bytes) -> None:
        await tx.jobs.add(kind, body)
        _once_committed(tx, self.wake_workers)


def _once_committed(tx: Transaction, call: Callable[[], None]) -> None:
    if call not in tx.work.on_commit:
        tx.work.on_commit.append(call)
