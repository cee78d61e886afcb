"""Into the outbox, inside a transaction: the only way in which anything is sent."""

from __future__ import annotations

from collections.abc import Callable

from bot.types import Outgoing
from storage.address import Address
from storage.codec import encode
from storage.store import Transaction

REPLY, BROADCAST = 0, 1
"""Urgency: a person in conversation is answered before a broadcast goes on."""


class Post:
    def __init__(self) -> None:
        self.wake: Callable[[], None] = lambda: None
        """called after the commit; the senders put their bell here"""

    async def put(self, tx: Transaction, chat: Address, outgoing: Outgoing, urgency: int = REPLY) -> None:
        await tx.outbox.add(chat, encode(outgoing), urgency=urgency, anchor=outgoing.anchor)
        if self.wake not in tx.work.on_commit:
            tx.work.on_commit.append(self.wake)
