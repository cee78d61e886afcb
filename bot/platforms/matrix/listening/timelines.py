"""One room's new events, read one after the other, each guarded by itself."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.ids import EventId, RoomId, UserId
from bot.platforms.matrix.keeping.directs import Directs
from bot.platforms.matrix.listening.decrypting import ENCRYPTED
from bot.platforms.matrix.listening.incoming import REACTION, AnswerOf, Heard, from_editors, from_person, unreadable
from bot.platforms.matrix.listening.reading import Malformed, RoomEvent, read
from bot.platforms.matrix.listening.room_state import apply
from bot.platforms.matrix.listening.undecryptable import Unopened, Waiting
from bot.platforms.matrix.rooms.memberships import Memberships
from bot.types import Incoming
from storage.address import Reference
from storage.errors import StorageError
from storage.inbox import REMEMBERED_DAYS

log = logging.getLogger(__name__)

_KNOWN_SECONDS = (REMEMBERED_DAYS - 1) * 24 * 3600
"""So long the inbox surely knows what it was given, though clocks differ. What is older would be new to it."""


@dataclass
class Batch:
    """What is to be on the disk before the next sync."""

    now: int
    is_again: bool = False
    """part of it was read before, and what was said then may be forgotten"""
    events: list[Incoming] = field(default_factory=list)
    traces: list[Reference] = field(default_factory=list)
    owners: dict[RoomId, UserId] = field(default_factory=dict)
    """rooms that became somebody's"""
    crowded: dict[RoomId, UserId] = field(default_factory=dict)
    """rooms that somebody else came into"""
    taps: list[EventId] = field(default_factory=list)
    """reactions by which cards in the editors' room were opened"""
    last: dict[RoomId, EventId] = field(default_factory=dict)
    unreadable: int = 0

    def add(self, heard: Heard | None) -> None:
        if heard is not None:
            self.events.append(heard.incoming)
            self.traces += [heard.trace] if heard.trace is not None else []


class Timelines:
    def __init__(
        self,
        client: MatrixClient,
        directs: Directs,
        waiting: Waiting,
        memberships: Memberships,
        answer_of: AnswerOf,
        editors: RoomId | None,
    ) -> None:
        self._client = client
        self._directs = directs
        self._waiting = waiting
        self._memberships = memberships
        self._answer_of = answer_of
        self._editors = editors

    def owner(self, room: RoomId, batch: Batch) -> UserId | None:
        return batch.owners.get(room) or self._directs.user_of(room)

    async def read(self, room: RoomId, missed: Sequence[Any], events: Sequence[Any], batch: Batch) -> None:
        """missed: what a limited timeline left out before `events`; the state it led to is known already."""
        came = self._memberships.came([*missed, *events])
        for place, raw in enumerate([*missed, *events]):
            try:
                event = read(raw, room)
            except Malformed:
                batch.unreadable += 1
                continue
            if event.state_key is not None:
                batch.unreadable += apply(self._client, room, [raw]) if place >= len(missed) else 0
            if batch.is_again and event.at < batch.now - _KNOWN_SECONDS:
                continue
            if event.state_key is not None:
                self._changed(event, batch)
            elif place >= came:
                await self._said(event, batch)
        user = self.owner(room, batch)
        if user is not None and self._memberships.outsiders(room, user):
            batch.crowded[room] = user

    async def again(self, room: RoomId, batch: Batch) -> None:
        """Events of this room that waited for their keys."""
        for found in self._waiting.again(room, batch.now):
            await self._opened(found, batch)

    def _changed(self, event: RoomEvent, batch: Batch) -> None:
        user = self.owner(event.room, batch)
        if user is not None:
            meant = self._memberships.changed(event, user)
            batch.events += [meant] if meant is not None else []
        elif event.type == "m.room.tombstone":
            self._memberships.follow(event)

    async def _said(self, event: RoomEvent, batch: Batch) -> None:
        if not self._is_heard(event, batch) or not event.content:
            return
        batch.last[event.room] = event.id
        if event.type != ENCRYPTED:
            await self._opened(event, batch)
            return
        found = self._waiting.take(event, batch.now, told=batch.is_again)
        if found is not None and not (batch.is_again and isinstance(found, Unopened)):
            await self._opened(found, batch)

    async def _opened(self, found: RoomEvent | Unopened, batch: Batch) -> None:
        event = found.event if isinstance(found, Unopened) else found
        if not self._is_heard(event, batch):
            return
        try:
            if event.room == self._editors:
                heard = None if isinstance(found, Unopened) else await from_editors(found, self._answer_of)
            elif isinstance(found, Unopened):
                heard = unreadable(event, event.sender)
            else:
                heard = await from_person(found, self._answer_of)
        except StorageError:
            raise  # nothing was wrong with the event: the round ends, and it comes again
        except Exception as error:  # one event must not take the others along; its text may hold content
            log.error("An event could not be read (%s)", type(error).__name__)
            batch.unreadable += 1
        else:
            batch.add(heard)
            if heard is not None and event.room == self._editors and event.type == REACTION:
                batch.taps.append(event.id)

    def _is_heard(self, event: RoomEvent, batch: Batch) -> bool:
        """The person in their own room; anybody but us in the editors' room; nobody elsewhere."""
        if event.sender == self._client.user_id:
            return False
        return event.room == self._editors or event.sender == self.owner(event.room, batch)
