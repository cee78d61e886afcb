"""Into the outbox, among the broadcasts and the jobs, inside a transaction: the only way in which anything is sent or
ordered."""

from __future__ import annotations

from collections.abc import Callable

from bot.types import Outgoing
from storage.address import Address
from storage.audience import Audience
from storage.codec import encode
from storage.ids import BroadcastId
from storage.outbox_queue import REPLY
from storage.store import Transaction


class Post:
    def __init__(self) -> None:
        self.wake: Callable[[], None] = lambda: None
        """called after the commit; the senders put their bell here"""
        self.wake_workers: Callable[[], None] = lambda: None
        """the same for whoever does the jobs"""
        self.wake_broadcasters: Callable[[], None] = lambda: None
        """and for whoever sends broadcasts"""

    async def put(self, tx: Transaction, chat: Address, outgoing: Outgoing, urgency: int = REPLY) -> None:
        await tx.outbox.add(chat, encode(outgoing), urgency=urgency, anchor=outgoing.anchor)
        _once_committed(tx, self.wake)

    async def broadcast(
        self,
        tx: Transaction,
        kind: str,
        subject: bytes,
        audience: Audience | None = None,
        *,
        over: BroadcastId | None = None,
        once: str | None = None,
    ) -> BroadcastId | None:
        """As `Broadcasts.begin`."""
        begun = await tx.broadcasts.begin(kind, subject, audience, over=over, once=once)
        self.go_on(tx)
        return begun

    def go_on(self, tx: Transaction) -> None:
        """Called when there is something to do for whoever sends broadcasts."""
        _once_committed(tx, self.wake_broadcasters)

    async def order(self, tx: Transaction, kind: str, body: bytes) -> None:
        await tx.jobs.add(kind, body)
        _once_committed(tx, self.wake_workers)


def _once_committed(tx: Transaction, call: Callable[[], None]) -> None:
    if call not in tx.work.on_commit:
        tx.work.on_commit.append(call)
