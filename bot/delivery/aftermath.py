"""What follows from an outcome: the policy that adapters don't have.

A prompt whose fate is unsure is sent once more, a chat that is gone is reported to its own inbox, what a platform
refuses is logged and dropped, everything else waits its turn.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from bot.delivery.errands import Sent
from bot.delivery.slots import account_of, hurried_seconds
from bot.intake import happen
from bot.kept import has_arrived
from bot.outcomes import Delivered, Later, Moved, Refused, Unreachable, Unsure
from bot.platforms.base import Adapter
from bot.types import Erase, Gone, Offered, Outgoing, Show, Undeleted, offered_by
from storage.address import Account, Reference
from storage.messages import Note
from storage.outbox import Parcel
from storage.outbox_queue import REPLY
from storage.store import Transaction

log = logging.getLogger(__name__)

_ROOM_SECONDS = 300
_MOST_UNSURE = 2
"""A prompt of unsure fate is sent once more, not for ever."""


class Aftermath:
    """rooms: the ids of the newsroom's rooms. wake_intake: called after a commit that put something into the inbox."""

    def __init__(self, rooms: frozenset[str], adapters: Mapping[str, Adapter], wake_intake: Callable[[], None]) -> None:
        self._rooms = rooms
        self._by_number = frozenset(name for name, adapter in adapters.items() if not adapter.capabilities.buttons)
        self._paces = {name: adapter.capabilities.per_second for name, adapter in adapters.items()}
        self._wake_intake = wake_intake

    async def take_off(self, tx: Transaction, done: Sequence[Sent]) -> None:
        """Off the outbox goes what is done with; the rest is put off."""
        finished: list[Parcel] = []
        notes: list[Note] = []
        for sent in done:
            if await self._settled(tx, sent, notes):
                finished.append(sent.errand.parcel)
                await _drop_file(tx, sent)
        await tx.messages.remember_all(notes)
        await tx.outbox.finish(finished)

    async def _settled(self, tx: Transaction, sent: Sent, notes: list[Note]) -> bool:
        """Writes what follows from an outcome, or adds it to the notes; False when the parcel stays."""
        parcel, outgoing = sent.errand.parcel, sent.errand.outgoing
        if isinstance(sent.outcome, Later) and (sent.outcome.everyone or sent.outcome.hurried):
            await self._hold(tx, parcel, sent.outcome)
        match sent.outcome:
            case Delivered(reference=reference, failed=failed):
                await self._count_undeleted(tx, parcel, outgoing, failed)
                await tx.messages.forget(sent.errand.wiped)
                notes += await self._note(tx, parcel, outgoing, reference)
                await self._count_from_here(tx, parcel, outgoing)
            case Later(after=after, most=int(most)) if parcel.attempts + 1 < most:
                await tx.outbox.postpone(parcel, tx.now + max(1, round(after)))
                return False
            case Later(most=int()):
                log.error("parcel %s was given up: nobody there could read it", parcel.id.hex()[:8])
            case Later(after=after):  # the platform's doing, not the message's: it costs no attempt
                await tx.outbox.postpone(parcel, tx.now + max(1, round(after)), counts=False)
                return False
            case Unsure() if parcel.attempts + 1 < _MOST_UNSURE and parcel.urgency == REPLY:
                await tx.outbox.postpone(parcel, tx.now + 1)
                return False
            case Unsure():
                log.warning("parcel %s may or may not have arrived", parcel.id.hex()[:8])
            case Unreachable() if parcel.chat.chat.reveal() in self._rooms:
                log.error("a room of the newsroom can't be reached, its messages wait: see `tamizdat doctor`")
                await tx.outbox.postpone(parcel, tx.now + _ROOM_SECONDS, counts=False)
                return False
            case Unreachable():
                await self._report(tx, parcel, Gone())
            case Moved(to=to):
                await tx.outbox.add(to, parcel.body, urgency=parcel.urgency)
                log.error("a room has moved to another id: put the new one into the config (`tamizdat doctor`)")
            case Refused(why=why):
                log.error("parcel %s was refused for good: %s", parcel.id.hex()[:8], why)
                if isinstance(outgoing, Erase) and not sent.errand.wiped:  # those are still noted: their timer tries
                    await self._count_undeleted(tx, parcel, outgoing, len(outgoing.references))
        return True

    async def _hold(self, tx: Transaction, parcel: Parcel, told: Later) -> None:
        """All who send by this account."""
        pace = self._paces.get(parcel.chat.platform)
        seconds = told.after if told.everyone else hurried_seconds(told.after, pace)
        await tx.pace.hold(account_of(parcel.chat), seconds, slower=told.hurried)

    async def _note(
        self, tx: Transaction, parcel: Parcel, outgoing: Outgoing, reference: Reference | None
    ) -> tuple[Note, ...]:
        """Writes what becomes of the anchor, and of a copy that is kept; returns what is to be wiped."""
        if reference is None or not isinstance(outgoing, Show):
            if outgoing.anchor is not None:
                await tx.messages.drop_anchors([outgoing.anchor])
            return ()
        if outgoing.kept is not None:
            await has_arrived(tx, outgoing.kept, reference)
        if outgoing.anchor is None and outgoing.wipe_after is None:
            return ()
        key_id, key = await tx.lanes.key(parcel.lane)
        if outgoing.anchor is not None:
            await tx.messages.set_anchor(outgoing.anchor, reference, key_id, key)
        if outgoing.wipe_after is None:
            return ()
        return (Note(reference=reference, wipe_at=tx.now + outgoing.wipe_after, key_id=key_id, key=key),)

    async def _count_from_here(self, tx: Transaction, parcel: Parcel, outgoing: Outgoing) -> None:
        if parcel.chat.platform not in self._by_number or parcel.chat.chat.reveal() in self._rooms:
            return
        if not isinstance(outgoing, Show):
            return
        if (offered := offered_by(outgoing.content)) is not None:
            await self._report(tx, parcel, offered)

    async def _count_undeleted(self, tx: Transaction, parcel: Parcel, outgoing: Outgoing, count: int) -> None:
        """How many, and nothing else. A message with an anchor is ours, and found again by it."""
        if not count:
            return
        log.warning("%d messages could not be deleted by the platform any more", count)
        if isinstance(outgoing, Erase) and outgoing.anchor is None and parcel.chat.chat.reveal() not in self._rooms:
            await self._report(tx, parcel, Undeleted(count=count, language=outgoing.tell))

    async def _report(self, tx: Transaction, parcel: Parcel, body: Gone | Offered | Undeleted) -> None:
        """What became of a message, to the chat it was for."""
        person = Account(platform=parcel.chat.platform, person=parcel.chat.chat)
        await happen(tx, parcel.chat, person, body)
        tx.work.on_commit.append(self._wake_intake)


async def _drop_file(tx: Transaction, sent: Sent) -> None:
    """One that was made for this message alone; a message that has moved to another chat takes it along."""
    outgoing = sent.errand.outgoing
    media = outgoing.content.media if isinstance(outgoing, Show) else None
    if media is not None and media.once and not isinstance(sent.outcome, Moved):
        await tx.blobs.shred([media.blob])
