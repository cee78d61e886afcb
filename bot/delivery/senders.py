"""Outbox to platform. One sender a chat, first in, first out.

Each round is one transaction: what was sent is taken off, and free lanes are leased. How one errand is carried is in
`carrier.py`, what follows from its outcome in `aftermath.py`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext

from bot.bell import Bell
from bot.delivery.aftermath import Aftermath
from bot.delivery.carrier import LATER, LONGEST_WAIT, Carrier
from bot.delivery.errands import Errand, Sent, errands
from bot.delivery.limits import Limiter
from bot.lease import held
from bot.outcomes import Outcome, Unsure
from bot.platforms.base import LONGEST_SEND, Adapter
from storage.errors import DatabaseBusy, DiskFull
from storage.ids import new_id
from storage.line import Urgency
from storage.outbox import LEASE_SECONDS, Parcel
from storage.outbox_queue import REPLY
from storage.store import Store

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Chats that are sent to side by side."""
EXTEND_SECONDS = LEASE_SECONDS / 3
STOP_SECONDS = LONGEST_WAIT + LONGEST_SEND
"""So long a stop waits for what is on its way: for every text, but not for a large file on a slow line."""
_IDLE_SECONDS = 1.0
_A_GROUP = 10
_GROUP_SECONDS = 0.02
"""What was sent is taken off ten at a time, or after this; a kill in between sends it again."""


class Senders:
    def __init__(
        self,
        store: Store,
        adapters: Mapping[str, Adapter],
        *,
        intake_bell: Bell,
        rooms: frozenset[str],
        absent: Collection[str] = (),
    ) -> None:
        """absent: the platforms that another worker has; looked at anew each time"""
        self._store = store
        self._absent = absent
        self._carrier = Carrier(adapters, store.blobs.load, rooms)
        self._aftermath = Aftermath(rooms, adapters, intake_bell.ring)
        self._owner = new_id()
        self._under_way = 0
        self._done: list[Sent] = []
        self._more = False
        """whether the last round left something that was ready"""
        self.bell = Bell()

    @property
    def chats(self) -> Mapping[str, Limiter]:
        """By platform: what else is sent there shares them."""
        return self._carrier.limiters

    async def run(self) -> None:
        """Until cancelled. What is on its way is waited for, at most STOP_SECONDS, and taken off before this ends."""
        try:
            async with asyncio.TaskGroup() as tasks:
                try:
                    while True:
                        await self._round(tasks)
                        if not self._more:
                            await self.bell.wait(_IDLE_SECONDS)
                except asyncio.CancelledError:
                    enough = asyncio.get_running_loop().time() + STOP_SECONDS
                    while self._under_way and asyncio.get_running_loop().time() < enough:
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
                await self._aftermath.take_off(tx, done)
                room = AT_ONCE - self._under_way
                parcels = await tx.outbox.lease(self._owner, room, self._absent)
                opened = await self._carrier.reserve(tx, await errands(tx, parcels))
        except (DatabaseBusy, DiskFull) as error:
            self._done = done + self._done
            log.error("the outbox can't be written and will be tried again: %s", error)
            return False
        except BaseException:  # a stop in the middle: what was sent must still be taken off
            self._done = done + self._done
            raise
        for errand in opened:
            self._under_way += 1
            tasks.create_task(self._send(errand))
        self._more = 0 < room == len(parcels)
        return bool(done or parcels)

    async def _send(self, errand: Errand) -> None:
        outcome: Outcome = LATER
        try:
            held_up = await self._carrier.wait_for_slot(errand)
            # If this is cancelled on the way, nobody knows; a file that is broken off has hardly arrived.
            outcome = held_up or (LATER if errand.file_size else Unsure())
            if held_up is None:
                async with self._held(errand.parcel) if errand.file_size else nullcontext():
                    outcome = await self._carrier.carry(errand)
        finally:
            self._under_way -= 1
            self._done.append(Sent(errand=errand, outcome=outcome))
            self._ring()

    def _held(self, parcel: Parcel) -> AbstractAsyncContextManager[None]:
        return held(self._store, lambda tx: tx.outbox.extend(parcel), every=EXTEND_SECONDS, what="a lane")

    def _ring(self) -> None:
        """A round costs as much for one message as for ten, so those that end close together are taken off together."""
        if len(self._done) >= _A_GROUP or not self._under_way:
            self.bell.ring()
        elif len(self._done) == 1:
            asyncio.get_running_loop().call_later(_GROUP_SECONDS, self.bell.ring)

    async def _close(self) -> None:
        done, self._done = self._done, []
        async with self._store.write(Urgency.BOOKS) as tx:
            await self._aftermath.take_off(tx, done)
            await tx.outbox.release_all(self._owner)


def _urgency(done: Sequence[Sent]) -> Urgency:
    """A round that may bring a person their answer is a part of their turn; else many turns would keep them waiting."""
    unhurried = bool(done) and all(sent.errand.parcel.urgency != REPLY for sent in done)
    return Urgency.BOOKS if unhurried else Urgency.TURN
