"""A homeserver that lies: it answers what a test tells it, and notes what it was asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.device_policy import DevicePolicy
from bot.platforms.matrix.ids import RoomId
from bot.platforms.matrix.keeping.credentials import log_in, open_client
from bot.platforms.matrix.listening.room_state import apply
from bot.platforms.matrix.settings import MatrixSettings
from storage.private import Private
from storage.store import Store
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.keys_stage import MEGOLM, Stranger

BOT = "@bot:lying.test"
ANNA = "@anna:lying.test"
ROOM = RoomId("!room:lying.test")
Answer = Callable[[Mapping[str, Any]], Awaitable[object]]
"""From a request's JSON to the answer's; a web exception is an answer too."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    method: str
    path: str
    """below /_matrix/client, unquoted"""
    body: Mapping[str, Any] = field(repr=False)


class Hostile:
    """`answers`: by method and the path's beginning; the longest counts. All else is `{}`."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answers: dict[tuple[str, str], Answer] = {}
        self.devices: dict[str, dict[str, Any]] = {}
        """user id → device id → what is shown of it"""
        self.url = ""
        self._events = 0
        self.says("POST", "v3/login", {"user_id": BOT, "device_id": "BOT", "access_token": "token"})
        self.answers["PUT", "v3/rooms/"] = self._sent
        self.answers["POST", "v3/keys/query"] = self._shown

    def says(self, method: str, path: str, answer: object) -> None:
        async def always(_body: Mapping[str, Any]) -> object:
            return answer

        self.answers[method, path] = always

    def refuses(self, method: str, path: str, errcode: str, status: int = 400) -> None:
        async def always(_body: Mapping[str, Any]) -> object:
            return web.json_response({"errcode": errcode}, status=status)

        self.answers[method, path] = always

    def got(self, method: str, path: str) -> list[Asked]:
        return [one for one in self.asked if one.method == method and one.path.startswith(path)]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        path = unquote(request.raw_path.partition("?")[0]).removeprefix("/_matrix/client/")
        body = await request.json() if request.can_read_body else {}
        self.asked.append(Asked(method=request.method, path=path, body=body))
        fits = [key for key in self.answers if key[0] == request.method and path.startswith(key[1])]
        said = await self.answers[max(fits, key=lambda key: len(key[1]))](body) if fits else {}
        return said if isinstance(said, web.StreamResponse) else web.json_response(said)

    async def _sent(self, _body: Mapping[str, Any]) -> object:
        self._events += 1
        return {"event_id": f"$sent{self._events}"}

    async def _shown(self, body: Mapping[str, Any]) -> object:
        return {"device_keys": {user: self.devices.get(user, {}) for user in body["device_keys"]}}


class Author(Stranger):
    """Somebody with a device at this homeserver."""

    def __init__(self, server: Hostile, user: str = ANNA, device: str = "ANNA") -> None:
        there = Synapse.__new__(Synapse)  # only its address is asked for, and nobody asks here
        super().__init__(there, {"user_id": user, "device_id": device, "access_token": "anna's"})
        server.devices.setdefault(user, {})[device] = self.described()

    def hands_key(self, client: MatrixClient, room: RoomId) -> None:
        """As if it had come in an encrypted message to our device."""
        keys = self.keys
        client.machine.create_group_session(
            keys[f"curve25519:{self.device}"],
            keys[f"ed25519:{self.device}"],
            room,
            self.megolm.session_id,
            self.megolm.session_key.to_base64(),
        )


@asynccontextmanager
async def lying() -> AsyncIterator[Hostile]:
    hostile = Hostile()
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", hostile.answer)
    async with TestServer(app) as server:
        hostile.url = str(server.make_url("")).rstrip("/")
        yield hostile


@asynccontextmanager
async def our_client(
    server: Hostile, store: Store, *, editors_room: str | None = None, channels: Mapping[str, str] = {}
) -> AsyncIterator[MatrixClient]:
    """Logged in, with the device policy that the service has."""
    settings = MatrixSettings(
        homeserver=server.url, user=BOT, editors_room=editors_room, channels=dict(channels), longest_wait=0.01
    )
    await log_in(store, settings, password=Private("password of the tests"))
    async with again(store, settings) as client:
        yield client


@asynccontextmanager
async def again(store: Store, settings: MatrixSettings) -> AsyncIterator[MatrixClient]:
    """What the next process has: the rows."""
    client = await open_client(store, settings)
    policy_of(client, store)
    try:
        yield client
    finally:
        await client.close()


def policy_of(client: MatrixClient, store: Store) -> DevicePolicy:
    editors = client.settings.editors_room
    policy = DevicePolicy(client, store, editors_room=None if editors is None else RoomId(editors))
    client.policy = policy.prepare
    return policy


def member(user: str, membership: str = "join") -> dict[str, Any]:
    return _state("m.room.member", user, user, {"membership": membership})


ENCRYPTION = {
    "type": "m.room.encryption",
    "state_key": "",
    "event_id": "$encryption",
    "sender": ANNA,
    "origin_server_ts": 1,
    "content": {"algorithm": MEGOLM},
}


def with_both(client: MatrixClient, room: RoomId = ROOM, *, others: tuple[str, ...] = ()) -> None:
    """The two of us are in the encrypted room."""
    assert apply(client, room, [ENCRYPTION, *map(member, (BOT, ANNA, *others))]) == 0


def _state(kind: str, key: str, sender: str, content: Mapping[str, Any]) -> dict[str, Any]:
    event = f"${kind}{key}"
    return {
        "type": kind,
        "state_key": key,
        "event_id": event,
        "sender": sender,
        "origin_server_ts": 1,
        "content": content,
    }
