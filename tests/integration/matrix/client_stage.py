"""Our client on a real homeserver, and nio's own with its own store on the other side of an encrypted room."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote

from nio import AsyncClient, AsyncClientConfig, MegolmEvent, RoomSendError, RoomSendResponse
from nio.store import SqliteStore

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.device_policy import DevicePolicy
from bot.platforms.matrix.errors import checked
from bot.platforms.matrix.ids import RoomId
from bot.platforms.matrix.keeping.credentials import log_in, open_client
from bot.platforms.matrix.settings import MatrixSettings
from storage.private import Private
from storage.store import Store
from tests.homeserver.synapse import Synapse
from tests.patience import PATIENCE

PASSWORD = "password of the tests"


class Ours:
    """`restart` is what a killed process and the next one do: only the rows are left."""

    def __init__(self, store: Store, settings: MatrixSettings) -> None:
        self.store = store
        self.settings = settings
        self.client: MatrixClient

    @classmethod
    async def made(cls, synapse: Synapse, store: Store) -> Ours:
        user = await synapse.register(f"bot-{secrets.token_hex(4)}", PASSWORD)
        ours = cls(store, MatrixSettings(homeserver=synapse.url, user=user, read_seconds=PATIENCE))
        await log_in(store, ours.settings, password=Private(PASSWORD))
        await ours._opened()
        return ours

    async def _opened(self) -> None:
        self.client = await open_client(self.store, self.settings)
        self.client.policy = DevicePolicy(self.client, self.store, editors_room=None).prepare

    async def restart(self) -> None:
        await self.reopen()
        await self.syncs()

    async def reopen(self) -> None:
        """The same before the first sync, which would bring again what was read."""
        await self.client.close()
        await self._opened()

    async def syncs(self) -> None:
        checked(await self.client.sync(timeout=0, full_state=True))
        await self.client.flush()
        if self.client.should_upload_keys:
            checked(await self.client.keys_upload())

    async def opens_room_with(self, peer: Peer) -> RoomId:
        """Encrypted from its first event."""
        await self.syncs()
        encryption = {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
        body = {"invite": [peer.user], "is_direct": True, "initial_state": [encryption]}
        room = RoomId((await self.client.call("POST", "v3/createRoom", body=body))["room_id"])
        await peer.client.join(room)
        await peer.syncs()
        await self.syncs()
        return room

    async def says(self, room: RoomId, text: str, key: str | None = None) -> str:
        """The event's id."""
        sent: RoomSendResponse | RoomSendError = await self.client.room_send(
            room, "m.room.message", {"msgtype": "m.text", "body": text}, key
        )
        return str(checked(sent).event_id)

    async def reads(self, room: RoomId, event: str) -> str | None:
        """The text of an event fetched anew; None when it can't be decrypted."""
        path = f"v3/rooms/{quote(room, safe='')}/event/{quote(event, safe='')}"
        found = MegolmEvent.from_dict(await self.client.call("GET", path))
        assert isinstance(found, MegolmEvent)
        found.room_id = room
        read = self.client.machine._decrypt_megolm_no_error(found)
        return None if read is None else str(read.source["content"]["body"])


class Peer:
    """A person with nio's client as it comes."""

    def __init__(self, client: AsyncClient, user: str) -> None:
        self.client = client
        self.user = user
        self._read: dict[str, str] = {}

    @classmethod
    async def made(cls, synapse: Synapse, folder: Path) -> Peer:
        user = await synapse.register(f"anna-{secrets.token_hex(4)}", PASSWORD)
        folder = folder / user[1:8]
        folder.mkdir(exist_ok=True)
        config = AsyncClientConfig(store=SqliteStore, pickle_key="anna", request_timeout=PATIENCE, max_timeouts=0)
        peer = cls(AsyncClient(synapse.url, user, store_path=str(folder), config=config), user)
        await peer.client.login(PASSWORD)
        await peer.syncs()
        return peer

    async def syncs(self) -> None:
        """And goes on with keys as nio's own loop does."""
        found: Any = await self.client.sync(timeout=0, full_state=True)
        for joined in found.rooms.join.values():
            for event in joined.timeline.events:
                if text := event.source.get("content", {}).get("body"):
                    self._read[event.event_id] = text
        if self.client.should_upload_keys:
            await self.client.keys_upload()
        if self.client.should_query_keys:
            await self.client.keys_query()

    async def reads(self, event: str) -> str | None:
        """The text of an event that came; None when it can't be decrypted."""
        await self.syncs()
        return self._read.get(event)

    async def says(self, room: RoomId, text: str) -> str:
        await self.syncs()
        sent = await self.client.room_send(
            room, "m.room.message", {"msgtype": "m.text", "body": text}, ignore_unverified_devices=True
        )
        assert isinstance(sent, RoomSendResponse)
        return sent.event_id

    async def leaves(self) -> None:
        await self.client.close()
        assert self.client.store is not None
        self.client.store.database.close()
