"""Into the outbox and among the jobs, inside a transaction: the only way in which anything is sent or ordered."""

from __future__ import annotations

from collections.abc import Callable

from bot.types import ChatKind, Choice, Incoming, Offered, Outgoing, Show
from storage.address import Account, Address
from storage.codec import encode
from storage.inbox import Arrival
from storage.outbox_queue import REPLY
from storage.store import Transaction


class Post:
    def __init__(self) -> None:
        self.wake: Callable[[], None] = lambda: None
        """called after the commit; the senders put their bell here"""
        self.wake_workers: Callable[[], None] = lambda: None
        """the same for whoever does the jobs"""
        self.wake_turns: Callable[[], None] = lambda: None
        """the same for whoever takes what comes in"""
        self.by_number: frozenset[str] = frozenset()
        """platforms without buttons: there a chat must know which message the numbers are of"""

    async def put(self, tx: Transaction, chat: Address, outgoing: Outgoing, urgency: int = REPLY) -> None:
        await tx.outbox.add(chat, encode(outgoing), urgency=urgency, anchor=outgoing.anchor)
        _once_committed(tx, self.wake)
        if chat.platform in self.by_number and (choices := _commands(outgoing)):
            event = Incoming(
                event="",
                chat=chat,
                kind=ChatKind.PRIVATE,
                person=Account(platform=chat.platform, person=chat.chat),
                language_code=None,
                at=tx.now,
                reference=None,
                body=Offered(choices=choices),
            )
            await tx.inbox.put([Arrival(event="", chat=chat, body=encode(event))])
            _once_committed(tx, self.wake_turns)

    async def order(self, tx: Transaction, kind: str, body: bytes) -> None:
        await tx.jobs.add(kind, body)
        _once_committed(tx, self.wake_workers)


def _commands(outgoing: Outgoing) -> tuple[Choice, ...]:
    """Choices that stand for commands, in their order; those of prompts the engine knows already."""
    if not isinstance(outgoing, Show):
        return ()
    choices = [button for row in outgoing.content.buttons for button in row if isinstance(button, Choice)]
    return tuple(choices) if any(choice.token.startswith("!") for choice in choices) else ()


def _once_committed(tx: Transaction, call: Callable[[], None]) -> None:
    if call not in tx.work.on_commit:
        tx.work.on_commit.append(call)
