"""Redactions: the event, and whatever hangs on it (our edits of it, reactions, the thread that it begins).

A redaction is no erasure: the ciphertext stays with the homeservers that have it, and clients may have kept the rest.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from typing import Final
from urllib.parse import quote

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.errors import MatrixRefused
from bot.platforms.matrix.ids import EventId, RoomId
from bot.platforms.matrix.rooms.direct_rooms import path
from bot.platforms.matrix.speaking.own_events import OwnEvents
from bot.platforms.matrix.speaking.sending import Mail, transaction

_REMEMBERED: Final = 5000
_PAGE: Final = 100
SECONDS: Final = 20.0
"""After this the rest waits for another try, which goes on where this one ended."""


class Unfinished(Exception):
    """There is more to redact than fits into one try."""


class Eraser:
    def __init__(self, client: MatrixClient, mail: Mail, own: OwnEvents) -> None:
        self._client = client
        self._mail = mail
        self._own = own
        self._done: OrderedDict[EventId, None] = OrderedDict()
        """so that a try that is slowed down in the middle goes on instead of beginning anew"""

    async def erase(self, rooms: Sequence[RoomId], events: Sequence[EventId], key: str) -> int:
        """rooms: each event is in one of them. Returns how many stay because we may not redact them.

        Raises PlatformError, Unfinished.
        """
        enough = asyncio.get_running_loop().time() + SECONDS
        failed = 0
        for event in dict.fromkeys(events):
            room = await self.place_of(event, rooms)
            for each in (*await self._hanging_on(room, event), event):
                if asyncio.get_running_loop().time() > enough:
                    raise Unfinished
                failed += not await self._redact(room, each, key)
        return failed

    async def place_of(self, event: EventId, rooms: Sequence[RoomId]) -> RoomId:
        """In which of these rooms it is; they are asked when there are several."""
        for room in rooms[:-1]:
            with suppress(MatrixRefused):
                await self._client.call("GET", path(room, f"event/{quote(event, safe='')}"))
                return room
        return rooms[-1]

    async def _redact(self, room: RoomId, event: EventId, key: str) -> bool:
        self._own.forget(event)
        if event in self._done:
            return True
        try:
            await self._mail.redact(room, event, transaction(key, f"redact {event}"))
        except MatrixRefused as error:
            if error.errcode == "M_FORBIDDEN":
                await self._mail.check_membership(room)
                return False
            if error.errcode == "M_UNKNOWN":  # Synapse's word for "that event is in another room", among others
                return False
            if error.errcode != "M_NOT_FOUND":
                raise
        self._done[event] = None
        if len(self._done) > _REMEMBERED:
            self._done.popitem(last=False)
        return True

    async def _hanging_on(self, room: RoomId, event: EventId) -> list[EventId]:
        """The newest first."""
        if event in self._done:
            return []
        address = f"v1/rooms/{quote(room, safe='')}/relations/{quote(event, safe='')}"
        found: list[EventId] = []
        query = {"limit": str(_PAGE)}
        while True:
            try:
                page = await self._client.call("GET", address, query=query)
            except MatrixRefused:  # it is gone already, or was never there
                return found
            found += [EventId(each["event_id"]) for each in page.get("chunk", []) if isinstance(each, dict)]
            if not page.get("next_batch"):
                return found
            query = {"limit": str(_PAGE), "from": str(page["next_batch"])}
