"""Outbox to platform. One sender a chat, first in, first out, within the platform's limits.

Each round is one transaction: what was sent is taken off, and free lanes are leased. Policy is here, not in the
adapters: a prompt whose fate is unsure is sent once more, a chat that is gone is reported to its own inbox, what a
platform refuses is logged and dropped, everything else waits its turn.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.bell import Bell
from bot.delivery.limits import Limiter
from bot.delivery.post import REPLY
from bot.platforms.base import Adapter
from bot.types import (
    ChatKind,
    Delivered,
    Erase,
    Gone,
    Incoming,
    Later,
    Moved,
    Outcome,
    Outgoing,
    Refused,
    Show,
    Unreachable,
    Unsure,
)
from storage.address import Account, Reference
from storage.codec import decode, encode
from storage.database import Urgency
from storage.errors import DatabaseBusy, DiskFull, VaultError
from storage.ids import new_id
from storage.inbox import Arrival
from storage.messages import Due, Note
from storage.outbox import Parcel
from storage.store import Store, Transaction

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Chats that are sent to side by side."""
_IDLE_SECONDS = 1.0
_LONGEST_WAIT = 15.0
_LONGEST_SEND = 30.0
"""Seconds; together well below the lease of a lane, so that nobody else sends what is on its way."""
_ROOM_SECONDS = 300
_MOST_UNSURE = 2
"""A prompt of unsure fate is sent once more, not for ever."""


_A_GROUP = 10
_GROUP_SECONDS = 0.02
"""What was sent is taken off ten at a time, or after this; a kill in between sends it again."""


@dataclass(frozen=True, kw_only=True)
class _Errand:
    """A parcel with what the adapter must know for it."""

    parcel: Parcel
    outgoing: Outgoing
    before: Reference | None
    wiped: tuple[Due, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Sent:
    errand: _Errand
    outcome: Outcome


class Senders:
    def __init__(
        self, store: Store, adapters: Mapping[str, Adapter], *, intake_bell: Bell, rooms: frozenset[str]
    ) -> None:
        self._store = store
        self._adapters = adapters
        self._intake_bell = intake_bell
        self._rooms = rooms
        self._limiters = {name: Limiter(adapter.capabilities) for name, adapter in adapters.items()}
        self._owner = new_id()
        self._under_way = 0
        self._done: list[_Sent] = []
        self._more = False
        """whether the last round left something that was ready"""
        self.bell = Bell()

    async def run(self) -> None:
        """Until cancelled. A message that is on its way is waited for and taken off before this ends."""
        try:
            async with asyncio.TaskGroup() as tasks:
                try:
                    while True:
                        await self._round(tasks)
                        if not self._more:
                            await self.bell.wait(_IDLE_SECONDS)
                except asyncio.CancelledError:
                    while self._under_way:
                        await self.bell.wait(_IDLE_SECONDS)
                    raise
        finally:
            await self._close()

    async def settle(self) -> None:
        """Sends until nothing is ready to go out: for tests and for `bench`."""
        async with asyncio.TaskGroup() as tasks:
            while await self._round(tasks) or self._under_way or self._done:
                if self._under_way and not self._done:
                    await self.bell.wait(_IDLE_SECONDS)

    async def _round(self, tasks: asyncio.TaskGroup) -> bool:
        """False when there was nothing to do."""
        done, self._done, self._more = self._done, [], False
        try:
            async with self._store.write(_urgency(done)) as tx:
                await self._take_off(tx, done)
                room = AT_ONCE - self._under_way
                parcels = await tx.outbox.lease(self._owner, room)
                errands = await self._errands(tx, parcels)
        except (DatabaseBusy, DiskFull) as error:
            self._done = done + self._done
            log.error("the outbox can't be written and will be tried again: %s", error)
            return False
        except BaseException:  # a stop in the middle: what was sent must still be taken off
            self._done = done + self._done
            raise
        for errand in errands:
            self._under_way += 1
            tasks.create_task(self._send(errand))
        self._more = 0 < room == len(parcels)
        return bool(done or parcels)

    async def _errands(self, tx: Transaction, parcels: list[Parcel]) -> list[_Errand]:
        errands = []
        for parcel in parcels:
            try:
                errands.append(await self._errand(tx, parcel))
            except VaultError as error:
                log.error("parcel %s can't be read and is set aside: %s", parcel.id.hex()[:8], type(error).__name__)
                await tx.outbox.set_aside(parcel)
        return errands

    async def _errand(self, tx: Transaction, parcel: Parcel) -> _Errand:
        outgoing: Outgoing = decode(Outgoing, parcel.body)
        before = await tx.messages.anchor(outgoing.anchor) if outgoing.anchor is not None else None
        if not isinstance(outgoing, Erase) or not outgoing.everything:
            return _Errand(parcel=parcel, outgoing=outgoing, before=before)
        noted = await tx.messages.of(parcel.chat)
        erase = Erase(references=tuple(due.reference for due in noted))
        return _Errand(parcel=parcel, outgoing=erase, before=before, wiped=tuple(noted))

    async def _send(self, errand: _Errand) -> None:
        parcel, outgoing = errand.parcel, errand.outgoing
        outcome: Outcome = Later(after=5.0)
        try:
            adapter = self._adapters.get(parcel.chat.platform)
            if adapter is None:
                outcome = Refused(why="this platform is not configured any more")
                return
            chat = parcel.chat.chat.reveal()
            limiter, is_room = self._limiters[parcel.chat.platform], chat in self._rooms
            wait = limiter.when(chat, is_room=is_room, within=_LONGEST_WAIT) - asyncio.get_running_loop().time()
            if wait > _LONGEST_WAIT:
                outcome = Later(after=wait)
                return
            if wait > 0:
                await asyncio.sleep(wait)
            outcome = Unsure()
            async with asyncio.timeout(_LONGEST_SEND):
                outcome = await adapter.perform(outgoing, parcel.chat, errand.before, self._store.blobs.load)
            limiter.answered(chat, is_room=is_room)
            if isinstance(outcome, Later):
                if outcome.everyone:
                    limiter.pause_all(outcome.after)
                limiter.pause_chat(chat, outcome.after)
        except TimeoutError:
            log.warning("parcel %s got no answer in %d s", parcel.id.hex()[:8], _LONGEST_SEND)
        except VaultError:
            outcome = Refused(why="its file was destroyed")
        except Exception as error:
            outcome = Later(after=5.0)
            log.error("parcel %s failed in its adapter: %s", parcel.id.hex()[:8], type(error).__name__)
        finally:
            self._under_way -= 1
            self._done.append(_Sent(errand=errand, outcome=outcome))
            self._ring()

    def _ring(self) -> None:
        """A round costs as much for one message as for ten, so those that end close together are taken off together."""
        if len(self._done) >= _A_GROUP or not self._under_way:
            self.bell.ring()
        elif len(self._done) == 1:
            asyncio.get_running_loop().call_later(_GROUP_SECONDS, self.bell.ring)

    async def _take_off(self, tx: Transaction, done: list[_Sent]) -> None:
        finished: list[Parcel] = []
        notes: list[Note] = []
        for sent in done:
            if await self._settled(tx, sent, notes):
                finished.append(sent.errand.parcel)
        await tx.messages.remember_all(notes)
        await tx.outbox.finish(finished)

    async def _settled(self, tx: Transaction, sent: _Sent, notes: list[Note]) -> bool:
        """Writes what follows from an outcome, or adds it to the notes; False when the parcel stays."""
        parcel, outgoing = sent.errand.parcel, sent.errand.outgoing
        match sent.outcome:
            case Delivered(reference=reference, failed=failed):
                if failed:
                    log.warning("%d messages could not be deleted by the platform any more", failed)
                await tx.messages.forget(sent.errand.wiped)
                notes += await self._note(tx, parcel, outgoing, reference)
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
                await self._report_gone(tx, parcel)
            case Moved(to=to):
                await tx.outbox.add(to, parcel.body, urgency=parcel.urgency)
                log.error("a room has moved to another id: put the new one into the config (`tamizdat doctor`)")
            case Refused(why=why):
                log.error("parcel %s was refused for good: %s", parcel.id.hex()[:8], why)
        return True

    async def _note(
        self, tx: Transaction, parcel: Parcel, outgoing: Outgoing, reference: Reference | None
    ) -> tuple[Note, ...]:
        """Writes what becomes of the anchor; returns what is to be wiped."""
        if reference is None or not isinstance(outgoing, Show):
            if outgoing.anchor is not None:
                await tx.messages.drop_anchors([outgoing.anchor])
            return ()
        if outgoing.anchor is None and outgoing.wipe_after is None:
            return ()
        key_id, key = await tx.lanes.key(parcel.lane)
        if outgoing.anchor is not None:
            await tx.messages.set_anchor(outgoing.anchor, reference, key_id, key)
        if outgoing.wipe_after is None:
            return ()
        return (Note(reference=reference, wipe_at=tx.now + outgoing.wipe_after, key_id=key_id, key=key),)

    async def _report_gone(self, tx: Transaction, parcel: Parcel) -> None:
        person = Account(platform=parcel.chat.platform, person=parcel.chat.chat)
        gone = Incoming(
            event="",
            chat=parcel.chat,
            kind=ChatKind.PRIVATE,
            person=person,
            language_code=None,
            at=tx.now,
            reference=None,
            body=Gone(),
        )
        await tx.inbox.put([Arrival(event="", chat=parcel.chat, body=encode(gone))])
        tx.work.on_commit.append(self._intake_bell.ring)

    async def _close(self) -> None:
        done, self._done = self._done, []
        async with self._store.write(Urgency.BOOKS) as tx:
            await self._take_off(tx, done)
            await tx.outbox.release_all(self._owner)


def _urgency(done: Sequence[_Sent]) -> Urgency:
    """A round that may bring a person their answer is a part of their turn; else many turns would keep them waiting."""
    broadcasts = bool(done) and all(sent.errand.parcel.urgency != REPLY for sent in done)
    return Urgency.BOOKS if broadcasts else Urgency.TURN
