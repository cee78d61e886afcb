"""nio's client, made safe: nothing leaves before the crypto state it depends on is on the disk.

What nio does otherwise, and the answer here:

* It keeps keys in a SQLite file of its own, with ids in plain. `SealedStore` collects changes; every request writes
  them first, and is not made when they can't be written.
* It retries 429s and time-outs without end. Here each is tried once: whoever sends decides what comes next.
* A cancelled or failed sharing of room keys leaves a marker that blocks the room for ever. Here the sends of a room go
  one after the other and are never cut off, and the marker goes with the attempt.
* It ignores errors while it looks for devices, claims their keys and shares a room key with them, and then sends what
  they can't read. Here the send fails; the next one goes on with those that are left.
* It generates one-time keys, uploads them, and saves them afterwards. Here before.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

import aiohttp
from nio import (
    AsyncClient,
    AsyncClientConfig,
    KeysUploadError,
    KeysUploadResponse,
    RoomSendError,
    RoomSendResponse,
    ShareGroupSessionError,
    ShareGroupSessionResponse,
)

from bot.errors import PlatformAway
from bot.platforms.matrix.errors import away, checked
from bot.platforms.matrix.ids import RoomId
from bot.platforms.matrix.keeping.crypto_rows import write
from bot.platforms.matrix.keeping.crypto_store import SealedStore
from bot.platforms.matrix.keeping.login import Login
from bot.platforms.matrix.keeping.machine import Machine
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.matrix.transport import Transport
from storage.store import Store, Transaction

_CONFIG = AsyncClientConfig(max_limit_exceeded=0, max_timeouts=0)

Shared = ShareGroupSessionResponse | ShareGroupSessionError
Policy = Callable[[RoomId], Awaitable[object]]
"""Asked before each encrypted message, inside the room's turn: learns devices that are new, in place of nio's own
query, and sets nio's trust in each, so that the room key goes to some and not to others."""


class MatrixClient(AsyncClient):
    """Made by `credentials.open_client`, inside the loop it is used in.

    nio's own requests stay usable: they return the homeserver's errors (`errors.checked` raises for them), and raise
    PlatformAway when there was no answer.
    """

    def __init__(self, settings: MatrixSettings, login: Login, sealed: SealedStore, database: Store) -> None:
        super().__init__(settings.homeserver, login.user_id, login.device_id, config=_CONFIG)
        self.settings = settings
        self.policy: Policy = self._learn_devices
        self.user_id = login.user_id
        self.access_token = login.token.reveal()
        self.sealed = sealed
        self.store = sealed
        self.machine = Machine(login, sealed)
        self.olm = self.machine
        self.encrypted_rooms = sealed.load_encrypted_rooms()
        self._database = database
        self._transport = Transport(settings.homeserver, login.token)
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._sending: set[asyncio.Task[RoomSendResponse | RoomSendError]] = set()

    # ── crypto state to the disk ─────────────────────────────────────────────────────────────────────────────────
    async def flush(self) -> None:
        """Writes what changed, in a transaction of its own. Every request does it first."""
        if self.sealed.is_changed:
            async with self._database.write() as tx:
                await self.write(tx)

    async def write(self, tx: Transaction) -> None:
        """Writes what changed inside another transaction: a sync's, with its inbox rows and its cursor."""
        await write(tx, self.sealed)

    # ── requests ─────────────────────────────────────────────────────────────────────────────────────────────────
    async def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] = {},
        body: object | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - it also ends the reading of the body, as aiohttp's does
    ) -> dict[str, Any]:
        """One JSON request below /_matrix/client; path like "v3/rooms/{room}/…" with its parts already quoted.

        timeout: seconds for all of it; `settings.read_seconds` when not told.
        Raises MatrixRefused; MatrixSlow for 429; PlatformAway for all that a new try may mend; PlatformDenied when our
        token counts no more; StorageError when changed keys can't be written: then nothing was sent.
        """
        await self.flush()
        seconds = timeout or self.settings.read_seconds
        return await self._transport.json(method, f"/_matrix/client/{path}", query=query, body=body, seconds=seconds)

    @asynccontextmanager
    async def exchange(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] = {},
        headers: Mapping[str, str] = {},
        data: bytes | AsyncIterator[bytes] | None = None,
        seconds: float,
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Any other request below the homeserver's root (uploads, downloads); its body is read inside the block.

        `seconds`: for all of it, the reading too. Flushes and raises as `call` does.
        """
        await self.flush()
        async with self._transport.exchange(
            method, path, query=query, headers=headers, data=data, seconds=seconds
        ) as answer:
            yield answer

    async def send(
        self,
        method: str,
        path: str,
        data: Any = None,
        headers: dict[str, str] | None = None,
        trace_context: Any | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - nio's
    ) -> aiohttp.ClientResponse:
        """Where all of nio's own requests pass."""
        await self.flush()
        seconds = timeout or self.settings.read_seconds
        return await self._transport.request(method, path, query={}, headers=headers or {}, data=data, seconds=seconds)

    async def _send(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return await super()._send(*args, **kwargs)
        except (aiohttp.ClientError, TimeoutError):
            raise away() from None

    async def keys_upload(self) -> KeysUploadResponse | KeysUploadError:
        self.sealed.save_account(self.machine.account)  # noted now, pickled when the request flushes
        uploaded: KeysUploadResponse | KeysUploadError = await super().keys_upload()
        return uploaded

    # ── sends ────────────────────────────────────────────────────────────────────────────────────────────────────
    async def room_send(
        self,
        room_id: str,
        message_type: str,
        content: dict[Any, Any],
        tx_id: str | None = None,
        ignore_unverified_devices: bool = True,
    ) -> RoomSendResponse | RoomSendError:
        """As nio's, but one at a time in a room, and to its end also when whoever waits for it is cancelled.

        Raises what `call` raises when devices can't be learnt, or don't get the room key; LocalProtocolError for a room
        that was never synced.
        """
        sending = asyncio.create_task(
            self._in_turn(RoomId(room_id), message_type, content, tx_id, ignore_unverified_devices)
        )
        self._sending.add(sending)
        sending.add_done_callback(self._sent)
        return await asyncio.shield(sending)

    async def _in_turn(
        self, room: RoomId, kind: str, content: dict[Any, Any], tx_id: str | None, unverified: bool
    ) -> RoomSendResponse | RoomSendError:
        async with self.line(room):
            known = self.rooms.get(room)
            if known is not None and known.encrypted:
                if not known.members_synced:
                    checked(await self.joined_members(room))
                await self.policy(room)
            sent: RoomSendResponse | RoomSendError = await super().room_send(room, kind, content, tx_id, unverified)
            return sent

    async def share_group_session(self, room_id: str, ignore_unverified_devices: bool = True) -> Shared:
        """Called by `room_send`, in the room's turn."""
        if missing := self.get_missing_sessions(room_id):
            checked(await self.keys_claim(missing))
        try:
            shared: Shared = await super().share_group_session(room_id, ignore_unverified_devices)
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

    def _left_out(self, room: str) -> bool:
        """Whether a device that can be reached, and is not withheld, has not got the room's present key."""
        session = self.machine.outbound_group_sessions[room]
        settled = session.users_shared_with | session.users_ignored
        return any(
            (user, device.id) not in settled and self.machine.session_store.get(device.curve25519) is not None
            for user in self.rooms[room].users
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
        async with self.line(room):
            self.machine.forget_said(room)
            await self.flush()

    async def close(self) -> None:
        """Waits for what is being sent, as long as an answer may take."""
        if self._sending:
            _, late = await asyncio.wait(self._sending, timeout=self.settings.read_seconds)
            for sending in late:
                sending.cancel()
        await self._transport.close()

    def _sent(self, sending: asyncio.Task[RoomSendResponse | RoomSendError]) -> None:
        self._sending.discard(sending)
        if not sending.cancelled():
            sending.exception()  # if whoever waited is gone, nobody else asks for it
