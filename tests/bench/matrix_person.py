"""Somebody on Matrix with one device, in one encrypted direct room with a bot: bare requests, as light as can be."""

from __future__ import annotations

import json
from collections import deque
from itertools import count
from typing import Any
from urllib.parse import quote

import aiohttp

from tests.bench.matrix_device import MEGOLM, Device, Json

_NOTHING: Json = {"not_types": ["*"]}
_FILTER = json.dumps(
    {
        "presence": _NOTHING,
        "account_data": _NOTHING,
        "room": {"account_data": _NOTHING, "ephemeral": _NOTHING, "timeline": {"limit": 100}},
    }
)
"""So that receipts and typing wake nobody."""


class Person:
    """Whoever has entered: `user`, `token` and `device` of the registration's answer."""

    def __init__(self, web: aiohttp.ClientSession, user: str, token: str, device: str) -> None:
        self.user = user
        self._web = web
        self._headers = {"Authorization": f"Bearer {token}"}
        self._keys = Device(user, device)
        self._numbers = count()
        self._room = ""
        self._since = ""
        self._heard: deque[str] = deque()

    async def invites(self, bot: str) -> None:
        """Opens their room: encrypted from its first event, the bot as powerful in it as they are."""
        await self._ask("POST", "keys/upload", self._keys.keys())
        encryption = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": MEGOLM}}
        wanted = {"preset": "trusted_private_chat", "is_direct": True, "invite": [bot], "initial_state": [encryption]}
        self._room = (await self._ask("POST", "createRoom", wanted))["room_id"]

    async def gives_key(self, bot: str) -> None:
        """Of what will be written, to each device of the bot; which has spoken, so that its own keys are there."""
        claimed = await self._claimed(bot)
        assert claimed, "the bot has no device, or no key left"
        for theirs, one_time_key in claimed:
            sealed = self._keys.room_key(self._room, theirs, one_time_key)
            body = {"messages": {bot: {theirs["device_id"]: sealed}}}
            await self._ask("PUT", f"sendToDevice/m.room.encrypted/{next(self._numbers)}", body)

    async def says(self, text: str) -> None:
        sealed = self._keys.seal(self._room, {"msgtype": "m.text", "body": text})
        await self._ask("PUT", f"{self._path()}/send/m.room.encrypted/{next(self._numbers)}", sealed)

    async def hears(self) -> str:
        """The next message of the other one's: no edits, nothing that was taken back."""
        while not self._heard:
            await self._sync()
        return self._heard.popleft()

    async def _sync(self) -> None:
        query = {"filter": _FILTER, "timeout": "30000"} | ({"since": self._since} if self._since else {})
        news = await self._ask("GET", "sync", query=query)
        for event in news.get("to_device", {}).get("events", ()):
            if event["type"] == "m.room.encrypted":
                self._keys.take(event["content"])
        room = news.get("rooms", {}).get("join", {}).get(self._room, {})
        for event in room.get("timeline", {}).get("events", ()):
            if event["sender"] != self.user and (text := self._text(event)) is not None:
                self._heard.append(text)
        self._since = news["next_batch"]

    def _text(self, event: Json) -> str | None:
        if event["type"] != "m.room.encrypted" or "ciphertext" not in event["content"]:
            return None
        opened = self._keys.read(event["content"])
        content = opened["content"]
        edits = content.get("m.relates_to", {}).get("rel_type") == "m.replace"
        return None if opened["type"] != "m.room.message" or edits else str(content["body"])

    async def _claimed(self, bot: str) -> list[tuple[Json, str]]:
        """A one-time key of each device that the bot has."""
        found = await self._ask("POST", "keys/query", {"device_keys": {bot: []}})
        devices = found["device_keys"].get(bot, {})
        wanted = {bot: dict.fromkeys(devices, "signed_curve25519")}
        claimed = (await self._ask("POST", "keys/claim", {"one_time_keys": wanted}))["one_time_keys"].get(bot, {})
        return [(devices[device], key["key"]) for device, keys in claimed.items() for key in keys.values()]

    def _path(self) -> str:
        return f"rooms/{quote(self._room, safe='')}"

    async def _ask(
        self, method: str, path: str, body: Json | None = None, *, query: dict[str, str] | None = None
    ) -> Any:
        """Raises RuntimeError with the server's complaint."""
        address = f"/_matrix/client/v3/{path}"
        async with self._web.request(method, address, json=body, params=query, headers=self._headers) as answer:
            found = await answer.json()
            if answer.status != 200:
                raise RuntimeError(f"{path.partition('/')[0]}: {found}")
            return found
