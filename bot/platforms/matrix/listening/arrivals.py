"""What one sync brought, read piece by piece, each guarded: a malformed one is counted and takes nothing along."""

from __future__ import annotations

import logging
from enum import Enum, auto
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.ids import EventId, RoomId
from bot.platforms.matrix.keeping.directs import Directs
from bot.platforms.matrix.listening import room_state, to_device
from bot.platforms.matrix.listening.backfill import gap
from bot.platforms.matrix.listening.incoming import AnswerOf
from bot.platforms.matrix.listening.reading import Raw, mapping, sequence
from bot.platforms.matrix.listening.timelines import Batch, Timelines
from bot.platforms.matrix.listening.undecryptable import Waiting
from bot.platforms.matrix.rooms.caps import Caps
from bot.platforms.matrix.rooms.deeds import Deeds
from bot.platforms.matrix.rooms.direct_rooms import path, server_of
from bot.platforms.matrix.rooms.invites import Invites
from bot.platforms.matrix.rooms.memberships import Memberships
from bot.platforms.matrix.rooms.newcomers import Newcomers
from bot.texts.fluent import Texts
from storage.store import Store, Transaction

log = logging.getLogger(__name__)


class Hearing(Enum):
    """Which of the messages that a sync brings are meant for us."""

    ALL = auto()
    NOTHING = auto()
    """what was written before we first came to listen was said to nobody"""
    AGAIN = auto()
    """the place up to which we have heard is lost: part of it is known to the inbox"""


class Arrivals:
    def __init__(
        self,
        client: MatrixClient,
        directs: Directs,
        store: Store,
        texts: Texts,
        waiting: Waiting,
        deeds: Deeds,
        answer_of: AnswerOf,
    ) -> None:
        settings = client.settings
        self._client = client
        self._directs = directs
        self._store = store
        self._waiting = waiting
        self._deeds = deeds
        self._editors = RoomId(settings.editors_room) if settings.editors_room else None
        self._own = frozenset(RoomId(room) for room in (settings.editors_room, *settings.channels.values()) if room)
        caps = Caps(server_of(client.user_id))
        self._memberships = Memberships(client, deeds, self._own, caps)
        self._newcomers = Newcomers(client, directs, store, deeds, texts)
        self._timelines = Timelines(client, directs, waiting, self._memberships, answer_of, self._editors)
        self.invites = Invites(client, deeds, self._own, caps)

    async def read(self, answer: Raw, since: str | None, hearing: Hearing) -> Batch:
        """First whatever must be asked for, as that may fail; then all of it, which can't."""
        batch = Batch(now=self._store.clock.now(), is_again=hearing is Hearing.AGAIN)
        joined = {
            RoomId(room): part for room, part in mapping(answer, "rooms", "join").items() if isinstance(part, dict)
        }
        missed = {room: await self._missed(room, part, since) for room, part in joined.items()}
        for room in joined:
            if room not in self._own and self._directs.user_of(room) is None:
                user = await self._newcomers.whose(room, taken=batch.owners.values())
                if user is not None:
                    batch.owners[room] = user
        batch.unreadable += to_device.take(self._client, sequence(answer, "to_device", "events"))
        for room in self._waiting.rooms():
            await self._timelines.again(room, batch)
        for room, part in joined.items():
            batch.unreadable += room_state.apply(self._client, room, sequence(part, "state", "events"))
            events = sequence(part, "timeline", "events")
            if hearing is Hearing.NOTHING:
                events = [event for event in events if isinstance(event, dict) and "state_key" in event]
            await self._timelines.read(room, missed[room], events, batch)
        if since is None:  # then nobody says which rooms we are not in any more
            for room in set(map(RoomId, self._client.rooms)) - set(joined):
                self._forget(room)
        for name, part in mapping(answer, "rooms", "leave").items():
            self._left(RoomId(name), part, batch)
        if batch.unreadable:
            log.warning("%d events could not be read and were left out", batch.unreadable)
        return batch

    async def _missed(self, room: RoomId, part: Raw, since: str | None) -> list[Any]:
        return [] if since is None else await gap(self._client, room, part, since)

    def _left(self, room: RoomId, part: object, batch: Batch) -> None:
        ended = self._memberships.ended(room, part, self._directs.user_of(room))
        batch.events += [ended] if ended is not None else []
        self.invites.withdraw(room)
        self._forget(room)

    def _forget(self, room: RoomId) -> None:
        room_state.forget(self._client, room, must_be_encrypted=self._directs.is_marked(room))

    async def write(self, tx: Transaction, batch: Batch) -> None:
        """What goes to the disk beside the inbox and the keys."""
        await self._waiting.write(tx)
        for room, user in batch.owners.items():
            await self._directs.keep(tx, user, room)
        for user in batch.crowded.values():
            await self._directs.vacate(tx, user)
        if self._editors is not None and self._editors in self._client.encrypted_rooms:
            await self._directs.mark(tx, self._editors)

    def follow(self, answer: Raw, batch: Batch) -> None:
        """What follows once all that is on the disk."""
        self.invites.consider(mapping(answer, "rooms", "invite"))
        for room, user in batch.crowded.items():
            self._newcomers.crowded(room, user)
        if self._editors is not None:
            for tap in batch.taps:
                self._deeds.add(tap, partial(self._take_back, self._editors, tap))

    async def _take_back(self, room: RoomId, tap: EventId) -> None:
        """While a reaction stands, a homeserver refuses its editor the same one to the same card."""
        once = sha256(tap.encode()).hexdigest()[:32]
        await self._client.call("PUT", path(room, f"redact/{quote(tap, safe='')}/{once}"), body={})
