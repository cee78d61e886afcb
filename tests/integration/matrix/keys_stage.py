"""Strangers: devices that speak to the homeserver in raw requests, with vodozemac's keys and nobody's client."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from typing import Any, Protocol, cast

import aiohttp
import vodozemac

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.signing.seeds import Keys, make
from tests.homeserver.synapse import Synapse

PASSWORD = "password of the tests"
ROOM = "!room:paper.test"
MEGOLM = "m.megolm.v1.aes-sha2"


class Bot(Protocol):
    """What a stranger must know of whom they write to."""

    @property
    def user(self) -> str: ...

    @property
    def client(self) -> MatrixClient: ...


class Stranger:
    """One device of somebody, made by nobody's client."""

    def __init__(self, synapse: Synapse, login: Mapping[str, Any]) -> None:
        self.synapse = synapse
        self.user = str(login["user_id"])
        self.device = str(login["device_id"])
        self._token = str(login["access_token"])
        self.account = vodozemac.Account()
        self.megolm = vodozemac.GroupSession()
        self._since = ""

    @classmethod
    async def of(cls, synapse: Synapse, user: str) -> Stranger:
        body = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": user},
            "password": PASSWORD,
        }
        return cls(synapse, await _ask(synapse, "POST", "v3/login", body, None))

    async def ask(self, method: str, path: str, body: object | None = None) -> dict[str, Any]:
        return await _ask(self.synapse, method, path, body, self._token)

    # ── what others see of it ────────────────────────────────────────────────────────────────────────────────────
    @property
    def keys(self) -> dict[str, str]:
        return {
            f"ed25519:{self.device}": self.account.ed25519_key.to_base64(),
            f"curve25519:{self.device}": self.account.curve25519_key.to_base64(),
        }

    def described(self) -> dict[str, Any]:
        return self._signed(
            {
                "algorithms": ["m.olm.v1.curve25519-aes-sha2", MEGOLM],
                "user_id": self.user,
                "device_id": self.device,
                "keys": self.keys,
            }
        )

    async def publishes(self) -> None:
        self.account.generate_one_time_keys(5)
        one_time = {
            f"signed_curve25519:{name}": self._signed({"key": key.to_base64()})
            for name, key in self.account.one_time_keys.items()
        }
        await self.ask("POST", "v3/keys/upload", {"device_keys": self.described(), "one_time_keys": one_time})
        self.account.mark_keys_as_published()

    def one_time_key(self) -> dict[str, Any]:
        """A new one, as a homeserver hands it out: `{"signed_curve25519:…": {"key": …}}`."""
        self.account.generate_one_time_keys(1)
        ((name, key),) = self.account.one_time_keys.items()
        self.account.mark_keys_as_published()
        return {f"signed_curve25519:{name}": self._signed({"key": key.to_base64()})}

    def changes_its_keys(self) -> Stranger:
        """The same device of the same account, with other keys."""
        login = {"user_id": self.user, "device_id": self.device, "access_token": self._token}
        other = Stranger(self.synapse, login)
        other._since = self._since
        return other

    async def vouched_by(self, identity: Keys) -> None:
        signed = {self.user: {self.device: identity.vouched(self.described())}}
        answer = await self.ask("POST", "v3/keys/signatures/upload", signed)
        assert answer["failures"] == {}

    async def takes_identity(self) -> Keys:
        """New cross-signing keys, in place of those there were."""
        identity = Keys(make(), self.user)
        path = "v3/keys/device_signing/upload"
        asked = await self.ask("POST", path, identity.published())
        if "session" in asked:
            login = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": self.user}}
            auth = {**login, "password": PASSWORD, "session": asked["session"]}
            asked = await self.ask("POST", path, {**identity.published(), "auth": auth})
        assert asked == {}
        return identity

    # ── speaking with the bot ────────────────────────────────────────────────────────────────────────────────────
    async def claims(self, bot: Bot) -> dict[str, Any]:
        """One of the bot's one-time keys, or its fallback key: `{"key": …}`."""
        wanted = {bot.user: {bot.client.device_id: "signed_curve25519"}}
        found = await self.ask("POST", "v3/keys/claim", {"one_time_keys": wanted})
        devices = found["one_time_keys"].get(bot.user, {})
        assert devices, "the homeserver has no key of the bot's to give"
        return cast(dict[str, Any], next(iter(devices[bot.client.device_id].values())))

    async def hands_its_room_key(self, bot: Bot, claimed: Mapping[str, Any]) -> None:
        await self.whispers(bot, room_key(ROOM, self.megolm, self.megolm.session_key), claimed)

    async def whispers(self, bot: Bot, said: Mapping[str, Any], claimed: Mapping[str, Any] | None = None) -> None:
        """Something encrypted to the bot's device alone; `claimed`: with this one of its keys."""
        claimed = claimed or await self.claims(bot)
        keys = bot.client.machine.account.identity_keys
        olm = self.account.create_outbound_session(
            vodozemac.Curve25519PublicKey.from_base64(keys["curve25519"]),
            vodozemac.Curve25519PublicKey.from_base64(claimed["key"]),
        )
        plain = {
            "sender": self.user,
            "sender_device": self.device,
            "keys": {"ed25519": self.account.ed25519_key.to_base64()},
            "recipient": bot.user,
            "recipient_keys": {"ed25519": keys["ed25519"]},
            **said,
        }
        kind, cipher = olm.encrypt(json.dumps(plain).encode()).to_parts()
        content = {
            "algorithm": "m.olm.v1.curve25519-aes-sha2",
            "sender_key": self.account.curve25519_key.to_base64(),
            "ciphertext": {keys["curve25519"]: {"type": kind, "body": unpadded(cipher)}},
        }
        path = f"v3/sendToDevice/m.room.encrypted/{secrets.token_hex(8)}"
        await self.ask("PUT", path, {"messages": {bot.user: {bot.client.device_id: content}}})

    def says(self, text: str) -> dict[str, Any]:
        """An encrypted event of the room, as it would come by sync."""
        plain = {"type": "m.room.message", "content": {"msgtype": "m.text", "body": text}, "room_id": ROOM}
        return {
            "type": "m.room.encrypted",
            "event_id": f"${secrets.token_hex(8)}",
            "sender": self.user,
            "origin_server_ts": 1,
            "room_id": ROOM,
            "content": self.sealed_with(self.megolm, plain),
        }

    def sealed_with(self, session: vodozemac.GroupSession, plain: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "algorithm": MEGOLM,
            "sender_key": self.account.curve25519_key.to_base64(),
            "device_id": self.device,
            "session_id": session.session_id,
            "ciphertext": session.encrypt(json.dumps(plain).encode()).to_base64(),
        }

    async def keys_came(self) -> bool:
        """Whether an encrypted to-device message came since the last question: a room key, here."""
        found = await self.ask("GET", "v3/sync?timeout=0" + (f"&since={self._since}" if self._since else ""))
        self._since = found["next_batch"]
        return any(event["type"] == "m.room.encrypted" for event in found.get("to_device", {}).get("events", []))

    def _signed(self, value: dict[str, Any]) -> dict[str, Any]:
        said = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        given = self.account.sign(said.encode()).to_base64()
        return {**value, "signatures": {self.user: {f"ed25519:{self.device}": given}}}


async def person(synapse: Synapse, name: str) -> str:
    """A fresh user's id."""
    return await synapse.register(f"{name}-{secrets.token_hex(4)}", PASSWORD)


def room_key(room: str, session: vodozemac.GroupSession, key: vodozemac.SessionKey) -> dict[str, Any]:
    """`key`: as it was at some moment; what was said before that moment it does not open."""
    content = {"algorithm": MEGOLM, "room_id": room, "session_id": session.session_id, "session_key": key.to_base64()}
    return {"type": "m.room_key", "content": content}


def unpadded(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


async def _ask(synapse: Synapse, method: str, path: str, body: object | None, token: str | None) -> dict[str, Any]:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    address = f"{synapse.url}/_matrix/client/{path}"
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.request(method, address, json=body) as answer,
    ):
        return cast(dict[str, Any], await answer.json())
