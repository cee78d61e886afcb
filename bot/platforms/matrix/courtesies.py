"""Read receipts and "is typing": best effort, in nobody's way.

A receipt goes out once what it is for is on our disk: it tells people that their words have arrived.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from bot.errors import PlatformError
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.ids import EventId, RoomId
from storage.errors import StorageError

log = logging.getLogger(__name__)

TYPING_SECONDS: Final = 10
_MOST: Final = 200
"""at once; beyond that they are left out"""
_SECONDS: Final = 5.0


class Courtesies:
    def __init__(self, client: MatrixClient) -> None:
        self._client = client
        self._under_way: set[asyncio.Task[None]] = set()
        self._typing: set[RoomId] = set()

    def taken(self, last: Mapping[RoomId, EventId]) -> None:
        """The last message of each room that is on our disk now: read, and soon answered."""
        for room, event in last.items():
            self._do(self._taken(room, event))

    def answered(self, room: RoomId) -> None:
        if room in self._typing:
            self._typing.discard(room)
            self._do(self._type(room, typing=False))

    async def stop(self) -> None:
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _taken(self, room: RoomId, event: EventId) -> None:
        if room in self._client.rooms and len(self._client.rooms[room].users) <= 2:
            self._typing.add(room)
            await self._type(room, typing=True)
        await self._ask("POST", f"v3/rooms/{quote(room, safe='')}/receipt/m.read/{quote(event, safe='')}", {})

    async def _type(self, room: RoomId, *, typing: bool) -> None:
        body = {"typing": True, "timeout": TYPING_SECONDS * 1000} if typing else {"typing": False}
        me = quote(self._client.user_id, safe="")
        await self._ask("PUT", f"v3/rooms/{quote(room, safe='')}/typing/{me}", body)

    async def _ask(self, method: str, path: str, body: dict[str, Any]) -> None:
        try:
            await self._client.call(method, path, body=body, timeout=_SECONDS)
        except (PlatformError, StorageError) as error:
            log.debug("A receipt or a typing notice was not sent: %s", type(error).__name__)

    def _do(self, courtesy: Any) -> None:
        if len(self._under_way) >= _MOST:
            courtesy.close()
            return
        task = asyncio.create_task(courtesy)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
