"""nio's client, made safe: what is said in a room reaches every device that may read it, or fails aloud.

What nio does otherwise, and the answer here (`requests.py` has the rest):

* A cancelled or failed sharing of room keys leaves a marker that blocks the room for ever. Here the sends of a room go
  one after the other and are never cut off, and the marker goes with the attempt.
* It ignores errors while it looks for devices, claims their keys and shares a room key with them, and then sends what
  they can't read. Here the send fails; the next one goes on with those that are left.
* It gives keys to devices that nobody has judged, and to whoever came into the room meanwhile. Here never: the policy
  judges all, and a room with `readers` has no others (`machine.py`).
* It sends plain text into a room that it takes for a plain one. Here whoever knows better is asked right before
  anything leaves (`guard`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from nio import (
    RoomSendError,
    RoomSendResponse,
    ShareGroupSessionError,
    ShareGroupSessionResponse,
)
from nio.exceptions import OlmUnverifiedDeviceError

from bot.errors import PlatformAway
from bot.platforms.matrix.errors import NotEncrypted, checked
from bot.platforms.matrix.ids import RoomId
from bot.platforms.matrix.keeping.crypto_store import SealedStore
from bot.platforms.matrix.keeping.login import Login
from bot.platforms.matrix.requests import RequestingClient
from bot.platforms.matrix.settings import MatrixSettings
from storage.store import Store

Shared = ShareGroupSessionResponse | ShareGroupSessionError
Policy = Callable[[RoomId], Awaitable[object]]
"""Asked before each encrypted message, inside the room's turn: learns devices that are new, in place of nio's own
query, and sets nio's trust in each, so that the room key goes to some and not to others."""
Guard = Callable[[RoomId], None]
"""Asked when nothing is waited for any more, as what was true of a room before the policy may be so no longer. Raises
PlatformError: then nothing is sent."""


class MatrixClient(RequestingClient):
    """Made by `credentials.open_client`, inside the loop it is used in."""

    def __init__(self, settings: MatrixSettings, login: Login, sealed: SealedStore, database: Store) -> None:
        super().__init__(settings, login, sealed, database)
        self.policy: Policy = self._learn_devices
        self.guard: Guard = self._anybody
        self.reading = asyncio.Lock()
        """held from what a sync brought until that is on the disk: what was read meanwhile may come again"""
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._sending: set[asyncio.Task[RoomSendResponse | RoomSendError]] = set()

    async def room_send(
        self,
        room_id: str,
        message_type: str,
        content: dict[Any, Any],
        tx_id: str | None = None,
        ignore_unverified_devices: bool = False,
        alone_with: str | None = None,
    ) -> RoomSendResponse | RoomSendError:
        """As nio's, but encrypted or not at all, one at a time in a room, and to its end also when whoever waits for it
        is cancelled.

        alone_with: nobody else may be in the room when it leaves; who comes later still gets no key.

        Raises what `call` raises when devices can't be learnt, or don't get the room key; what the guard raises;
        NotEncrypted; LocalProtocolError for a room that was never synced.
        """
        sending = asyncio.create_task(
            self._in_turn(RoomId(room_id), message_type, content, tx_id, ignore_unverified_devices, alone_with)
        )
        self._sending.add(sending)
        sending.add_done_callback(self._sent)
        return await asyncio.shield(sending)

    async def _in_turn(
        self,
        room: RoomId,
        kind: str,
        content: dict[Any, Any],
        tx_id: str | None,
        unverified: bool,
        alone_with: str | None,
    ) -> RoomSendResponse | RoomSendError:
        async with self.line(room):
            known = self.rooms.get(room)
            if known is not None and known.encrypted:
                if not known.members_synced:
                    checked(await self.joined_members(room))
                await self.policy(room)
            self.guard(room)
            if (now := self.rooms.get(room)) is not None and not now.encrypted:
                raise NotEncrypted(NotEncrypted.__doc__)
            if alone_with is not None and set(self.rooms[room].users) != {self.user_id, alone_with}:
                raise PlatformAway("Somebody else is in the room: its owner gets another one.")
            if alone_with is not None:
                self.machine.readers[room] = frozenset((alone_with,))
            sent: RoomSendResponse | RoomSendError = await super().room_send(room, kind, content, tx_id, unverified)
            return sent

    async def share_group_session(self, room_id: str, ignore_unverified_devices: bool = False) -> Shared:
        """Called by `room_send`, in the room's turn."""
        if missing := self.get_missing_sessions(room_id):
            checked(await self.keys_claim(missing))
        try:
            shared: Shared = await super().share_group_session(room_id, ignore_unverified_devices)
        except (OlmUnverifiedDeviceError, KeyError):  # KeyError: nio dropped the session, as members changed
            raise PlatformAway("The chat's people or devices changed in the middle: once more.") from None
        finally:
            if (marker := self.sharing_session.pop(room_id, None)) is not None:
                marker.set()
        session = self.machine.outbound_group_sessions[room_id]
        if self._left_out(room_id):
            session.shared = False
            raise PlatformAway("Not every device in the chat got the key of what is to be sent.")
        return shared

    async def _learn_devices(self, _room: RoomId) -> None:
        """Until a policy is set: no device is withheld."""
        if self.should_query_keys:
            checked(await self.keys_query())

    def _anybody(self, _room: RoomId) -> None:
        """Until a guard is set: nio's own picture of the room decides alone."""

    def _left_out(self, room: str) -> bool:
        """Whether a device that can be reached, and is not withheld, has not got the room's present key."""
        session = self.machine.outbound_group_sessions[room]
        settled = session.users_shared_with | session.users_ignored
        return any(
            (user, device.id) not in settled and self.machine.session_store.get(device.curve25519) is not None
            for user in self.machine.readers_of(room, self.rooms[room].users)
            for device in self.machine.device_store.active_user_devices(user)
        )

    def line(self, room: RoomId) -> asyncio.Lock:
        """Whoever sends into the room, or changes its keys, holds this meanwhile."""
        lock = self._lines.get(room)
        if lock is None:
            lock = self._lines[room] = asyncio.Lock()
        return lock

    async def forget_said(self, room: RoomId) -> None:
        """What we and others said in the room until now can't be decrypted from our rows any more; what comes can.

        On the disk when it returns.
        """
        async with self.reading, self.line(room):
            self.machine.forget_said(room)
            await self.flush()

    async def close(self) -> None:
        """Waits for what is being sent, as long as an answer may take."""
        if self._sending:
            _, late = await asyncio.wait(self._sending, timeout=self.settings.read_seconds)
            for sending in late:
                sending.cancel()
        await super().close()

    def _sent(self, sending: asyncio.Task[RoomSendResponse | RoomSendError]) -> None:
        self._sending.discard(sending)
        if not sending.cancelled():
            sending.exception()  # if whoever waited is gone, nobody else asks for it
