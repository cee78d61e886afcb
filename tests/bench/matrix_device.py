"""The keys of one person's device: Olm with the bot's device, Megolm in their room. vodozemac alone, no requests."""

from __future__ import annotations

import base64
import json
from typing import Any

import vodozemac
from vodozemac import AnyOlmMessage, Curve25519PublicKey, InboundGroupSession, MegolmMessage, SessionKey

Json = dict[str, Any]
OLM = "m.olm.v1.curve25519-aes-sha2"
MEGOLM = "m.megolm.v1.aes-sha2"
_ONE_TIME_KEYS = 5
"""The bot takes one; a bot that has lost its session with us another."""


class Device:
    def __init__(self, user: str, device: str) -> None:
        self._user = user
        self._device = device
        self._account = vodozemac.Account()
        self._signing = self._account.ed25519_key.to_base64()
        self._identity = self._account.curve25519_key.to_base64()
        self._olm: list[vodozemac.Session] = []
        self._outbound = vodozemac.GroupSession()
        self._inbound: dict[str, InboundGroupSession] = {}

    def keys(self) -> Json:
        """The body of `/keys/upload`."""
        device = {
            "user_id": self._user,
            "device_id": self._device,
            "algorithms": [OLM, MEGOLM],
            "keys": {f"curve25519:{self._device}": self._identity, f"ed25519:{self._device}": self._signing},
        }
        self._account.generate_one_time_keys(_ONE_TIME_KEYS)
        fresh = {
            f"signed_curve25519:{number}": self._signed({"key": key.to_base64()})
            for number, key in self._account.one_time_keys.items()
        }
        self._account.mark_keys_as_published()
        return {"device_keys": self._signed(device), "one_time_keys": fresh}

    def room_key(self, room: str, theirs: Json, one_time_key: str) -> Json:
        """The key of what we write in the room, for the device with the keys of `/keys/query`, by a new Olm session."""
        identity, signing = (theirs["keys"][f"{kind}:{theirs['device_id']}"] for kind in ("curve25519", "ed25519"))
        session = self._account.create_outbound_session(
            Curve25519PublicKey.from_base64(identity), Curve25519PublicKey.from_base64(one_time_key)
        )
        self._olm.append(session)
        payload = {
            "type": "m.room_key",
            "content": {
                "algorithm": MEGOLM,
                "room_id": room,
                "session_id": self._outbound.session_id,
                "session_key": self._outbound.session_key.to_base64(),
            },
            "sender": self._user,
            "sender_device": self._device,
            "keys": {"ed25519": self._signing},
            "recipient": theirs["user_id"],
            "recipient_keys": {"ed25519": signing},
        }
        kind, body = session.encrypt(_canonical(payload)).to_parts()
        sealed = {"type": kind, "body": base64.b64encode(body).decode().rstrip("=")}
        return {"algorithm": OLM, "sender_key": self._identity, "ciphertext": {identity: sealed}}

    def seal(self, room: str, content: Json) -> Json:
        """The content of the `m.room.encrypted` event that carries this message."""
        plain = {"type": "m.room.message", "room_id": room, "content": content}
        return {
            "algorithm": MEGOLM,
            "sender_key": self._identity,
            "device_id": self._device,
            "session_id": self._outbound.session_id,
            "ciphertext": self._outbound.encrypt(_canonical(plain)).to_base64(),
        }

    def take(self, content: Json) -> None:
        """A to-device event's content: the bot's room keys are kept."""
        sealed = content["ciphertext"].get(self._identity)
        if sealed is None:
            return
        body = base64.b64decode(sealed["body"] + "=" * (-len(sealed["body"]) % 4))
        payload = json.loads(self._opened(content["sender_key"], AnyOlmMessage.from_parts(sealed["type"], body)))
        if payload["type"] == "m.room_key":
            key = payload["content"]
            self._inbound[key["session_id"]] = InboundGroupSession(SessionKey(key["session_key"]))

    def read(self, content: Json) -> Json:
        """What an `m.room.encrypted` event carries: type and content. Raises KeyError when its key has not come."""
        session = self._inbound[content["session_id"]]
        opened: Json = json.loads(session.decrypt(MegolmMessage.from_base64(content["ciphertext"])).plaintext)
        return opened

    def _opened(self, sender: str, message: AnyOlmMessage) -> bytes:
        first = message.to_pre_key()
        if first is None:
            return self._by_known_session(message)
        for session in self._olm:
            if session.session_matches(first):
                return session.decrypt(message)
        session, plain = self._account.create_inbound_session(Curve25519PublicKey.from_base64(sender), first)
        self._olm.append(session)
        return plain

    def _by_known_session(self, message: AnyOlmMessage) -> bytes:
        for session in reversed(self._olm):
            try:
                return session.decrypt(message)
            except vodozemac.OlmDecryptionException:
                continue
        raise LookupError("an Olm message of no session that we know")

    def _signed(self, body: Json) -> Json:
        signature = self._account.sign(_canonical(body)).to_base64()
        return {**body, "signatures": {self._user: {f"ed25519:{self._device}": signature}}}


def _canonical(body: Json) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
