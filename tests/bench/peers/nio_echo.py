"""`python -m tests.bench.peers.nio_echo URL USER PASSWORD`: matrix-nio with its own SQLite store, in this folder.

As its documentation has it: `sync_forever`, callbacks, `room_send`. It asks whoever has invited it, echoes each message
with the dialogue's next question, counts in memory, logs in once and keeps token and device beside the store.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import msgspec
from nio import (
    AsyncClient,
    AsyncClientConfig,
    InviteMemberEvent,
    LoginResponse,
    MatrixRoom,
    RoomMemberEvent,
    RoomMessageText,
)

from tests.bench.dialogue import STEPS, question, thanks

CREDENTIALS = Path("credentials.json")


class Echo:
    def __init__(self, client: AsyncClient) -> None:
        self._client = client
        self._steps: dict[str, int] = {}
        listen: Any = client.add_event_callback  # annotated for callbacks that take any event whatever
        listen(self.invited, InviteMemberEvent)
        listen(self.entered, RoomMemberEvent)
        listen(self.said, RoomMessageText)

    async def invited(self, room: MatrixRoom, event: InviteMemberEvent) -> None:
        if event.membership == "invite" and event.state_key == self._client.user_id:
            await self._client.join(room.room_id)

    async def entered(self, room: MatrixRoom, event: RoomMemberEvent) -> None:
        if (event.state_key, event.membership) == (self._client.user_id, "join") and event.prev_membership != "join":
            await self._say(room, 1)

    async def said(self, room: MatrixRoom, event: RoomMessageText) -> None:
        if event.sender == self._client.user_id:
            return
        await self._say(room, 1 if event.body == "!start" else self._steps[room.room_id] + 1)

    async def _say(self, room: MatrixRoom, step: int) -> None:
        self._steps[room.room_id] = step
        body = question(step) if step <= STEPS else thanks()
        content = {"msgtype": "m.text", "body": body}
        await self._client.room_send(room.room_id, "m.room.message", content, ignore_unverified_devices=True)


def restored(client: AsyncClient, user: str) -> bool:
    if not CREDENTIALS.exists():
        return False
    device, token = msgspec.json.decode(CREDENTIALS.read_bytes(), type=tuple[str, str])
    client.restore_login(user, device, token)
    return True


def keep(login: LoginResponse) -> None:
    CREDENTIALS.write_bytes(msgspec.json.encode((login.device_id, login.access_token)))


async def main(url: str, user: str, password: str) -> None:
    config = AsyncClientConfig(store_sync_tokens=True, encryption_enabled=True)
    client = AsyncClient(url, user, store_path=".", config=config)
    if not restored(client, user):
        login = await client.login(password)
        if not isinstance(login, LoginResponse):
            sys.exit(str(login))
        keep(login)
    Echo(client)
    await client.sync_forever(timeout=30000, full_state=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
