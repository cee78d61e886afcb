"""Platform to inbox: what arrived and the platform's cursor, in one transaction, before anything is confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

from bot.platforms.base import Beside
from bot.types import Body, ChatKind, Incoming
from storage.address import Account, Address, Reference
from storage.codec import encode
from storage.inbox import Arrival
from storage.messages import Note
from storage.store import Store, Transaction
from storage.vault import Purpose


class Intake:
    """The sink of every adapter."""

    def __init__(self, store: Store, *, wipe_after: int, wake: Callable[[], None]) -> None:
        self._store = store
        self._wipe_after = wipe_after
        self._wake = wake

    async def accept(
        self,
        events: Sequence[Incoming],
        *,
        source: str,
        cursor: str | None,
        beside: Beside | None = None,
        traces: Sequence[Reference] = (),
    ) -> None:
        async with self._store.write() as tx:
            await tx.inbox.put([Arrival(event=event.event, chat=event.chat, body=encode(event)) for event in events])
            # What people write in private is wiped as well.
            private = [
                (event.reference, event.at) for event in events if event.kind is ChatKind.PRIVATE and event.reference
            ]
            found = (*private, *((trace, tx.now) for trace in traces))
            await tx.messages.remember_all([await self._note(tx, *each) for each in found])
            if beside is not None:
                await beside(tx)
            if cursor is not None:
                await tx.inbox.set_cursor(_name(source), cursor)
            if events:
                tx.work.on_commit.append(self._wake)

    async def cursor(self, source: str) -> str | None:
        async with self._store.read() as tx:
            return await tx.inbox.cursor(_name(source))

    async def _note(self, tx: Transaction, reference: Reference, at: int) -> Note:
        """Its time runs from when it was written: it may have waited for us for a day, and can be deleted for two."""
        _, key_id, key = await tx.lanes.open(Purpose.QUEUE_IN, reference.chat)
        return Note(reference=reference, wipe_at=min(at, tx.now) + self._wipe_after, key_id=key_id, key=key)


def _name(source: str) -> bytes:
    return sha256(source.encode()).digest()


def our_event(chat: Address, person: Account, body: Body, now: int) -> Incoming:
    """In a private chat."""
    return Incoming(
        event="",
        chat=chat,
        kind=ChatKind.PRIVATE,
        person=person,
        language_code=None,
        at=now,
        reference=None,
        body=body,
    )


async def happen(tx: Transaction, chat: Address, person: Account, body: Body) -> None:
    """An event of our own: it waits its turn behind whatever the person has sent before."""
    event = our_event(chat, person, body, tx.now)
    await tx.inbox.put([Arrival(event="", chat=chat, body=encode(event))])
