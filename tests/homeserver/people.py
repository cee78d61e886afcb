"""People on Matrix who use another client than the bot does: matrix-js-sdk with its Rust crypto, in a node of its own.

    async with People(synapse) as people:
        anna = await people.person("anna")
        chat = await anna.direct("@bot:paper.test")
        await chat.says("Здравствуйте")
        await chat.expects("Здравствуйте")

Everybody has a device with keys of its own, which their cross-signing identity has signed.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from tests.homeserver.chat import Chat
from tests.homeserver.node import Node
from tests.homeserver.synapse import Synapse


@dataclass(frozen=True, kw_only=True)
class Device:
    """Somebody's device as this person's client judges it."""

    device_id: str
    signed_by_owner: bool
    """by its owner's cross-signing identity"""


class People:
    """Lives inside `async with`. All of them share one process."""

    def __init__(self, synapse: Synapse) -> None:
        self.synapse = synapse
        self.node = Node()

    async def __aenter__(self) -> Self:
        await self.node.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.node.__aexit__(kind, error, trace)

    async def person(self, name: str, *, only_signed: bool = False) -> MatrixPerson:
        """A new user whose name begins so, logged in, with cross-signing set up.

        only_signed: shares keys with no device that its owner has not signed, and reads nothing of such a one.
        """
        name, password = f"{name}-{secrets.token_hex(4)}", secrets.token_hex(8)
        user_id = await self.synapse.register(name, password)
        return await self.logs_in(user_id, password, only_signed=only_signed)

    async def logs_in(
        self, user_id: str, password: str, *, only_signed: bool = False, signs: bool = True
    ) -> MatrixPerson:
        """One more device of a user. signs=False: without cross-signing; what others would call unverified."""
        handle = secrets.token_hex(4)
        found = await self.node.ask(
            *("login", handle),
            url=self.synapse.url,
            user=user_id,
            password=password,
            only_signed=only_signed,
            signs=signs,
        )
        return MatrixPerson(self.node, handle, user_id, password, str(found["device_id"]))


class MatrixPerson:
    """One user on one device."""

    def __init__(self, node: Node, handle: str, user_id: str, password: str, device_id: str) -> None:
        self.user_id = user_id
        self.password = password
        self.device_id = device_id
        self._node = node
        self._handle = handle

    async def direct(self, other: str, *, encrypted: bool = True) -> Chat:
        """Opens a chat for two and invites the other one; does not wait for them."""
        return await self.opens_room(invite=[other], direct=True, encrypted=encrypted)

    async def opens_room(
        self,
        *,
        name: str | None = None,
        invite: Sequence[str] = (),
        direct: bool = False,
        open_to_all: bool = False,
        encrypted: bool = True,
        state: Sequence[Mapping[str, Any]] = (),
        levels: Mapping[str, Any] | None = None,
    ) -> Chat:
        """open_to_all: public, world-readable; state: more initial state; levels: what differs in the power levels."""
        room_id = await self._node.ask(
            *("create", self._handle),
            name=name,
            invite=list(invite),
            direct=direct,
            open=open_to_all,
            encrypted=encrypted,
            state=list(state),
            levels=levels,
        )
        return Chat(self._node, self._handle, room_id)

    async def accepts(self, inviter: str, *, but: str = "") -> Chat:
        """The newest invite from them, once it is there; `but` is a room that is not meant."""

        async def look() -> str | None:
            rooms = await self._node.ask("rooms", self._handle)
            invites = [room["room_id"] for room in rooms if room["membership"] == "invite" and room["by"] == inviter]
            return next((str(room) for room in reversed(invites) if room != but), None)

        return await self.joins(await self._node.wait_for(look))

    async def joins(self, room: str) -> Chat:
        """By id or alias."""
        return Chat(self._node, self._handle, str(await self._node.ask("join", self._handle, room=room)))

    def chat(self, room_id: str) -> Chat:
        """A room this person is in already."""
        return Chat(self._node, self._handle, room_id)

    async def devices(self, user_id: str) -> list[Device]:
        """Theirs, as far as the two have shared an encrypted room and written there: before, a client does not look."""
        return [Device(**found) for found in await self._node.ask("devices", self._handle, user=user_id)]

    async def request(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Anything else of the client-server API: ("GET", "/_matrix/client/v3/…"); its status and body."""
        found = await self._node.ask("request", self._handle, method=method, path=path, body=body)
        return found["status"], found["body"]

    async def empowers(self, chat: Chat, user_id: str, level: int) -> None:
        path = f"/_matrix/client/v3/rooms/{chat.room_id}/state/m.room.power_levels"
        status, levels = await self.request("GET", path)
        assert status == 200, levels
        status, said = await self.request("PUT", path, {**levels, "users": {**levels["users"], user_id: level}})
        assert status == 200, said

    async def leaves(self, chat: Chat) -> None:
        status, said = await self.request("POST", f"/_matrix/client/v3/rooms/{chat.room_id}/leave", {})
        assert status == 200, said
