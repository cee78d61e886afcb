"""Encrypted events opened, and held to whoever claims to have sent them. nio believes the claim as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from nio import Event, MegolmEvent
from nio.crypto import InboundGroupSession, OlmDevice

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.listening.reading import Raw, RoomEvent, is_mapping, mapping, text

ENCRYPTED = "m.room.encrypted"
_ALGORITHM = "m.megolm.v1.aes-sha2"


class NotYet(Exception):
    """Its room key, or the keys of the device it comes from, may still arrive."""


class Never(Exception):
    """It can't be opened, whatever arrives."""


class Decrypter:
    def __init__(self, client: MatrixClient) -> None:
        self._client = client
        self.strangers: set[str] = set()
        """people whose devices must be asked for before their events can be opened"""

    def open(self, event: RoomEvent) -> RoomEvent:
        """Raises NotYet or Never; neither says anything of the event."""
        if text(event.content, "algorithm") != _ALGORITHM:
            raise Never
        key, session = self._session(event)
        device = self._client.machine.device_store.device_from_sender_key(event.sender, key)
        if device is None:
            self.strangers.add(event.sender)
            raise NotYet
        if session.ed25519 != device.ed25519:
            raise Never
        if self._client.machine.is_device_blacklisted(device):  # until it is verified, or the person gives up on it
            raise NotYet
        try:
            return _opened(event, self._decrypt(event, key, device))
        except Exception:  # whatever nio and vodozemac make of it; their words may hold content
            raise Never from None

    def _session(self, event: RoomEvent) -> tuple[str, InboundGroupSession]:
        """With the key of the device that sent it, which newer clients don't repeat in each event (MSC3700)."""
        wanted, devices = text(event.content, "session_id"), self._client.machine.device_store
        found = [
            (key, sessions[wanted])
            for key, sessions in self._client.machine.inbound_group_store[event.room].items()
            if wanted in sessions and event.content.get("sender_key", key) == key
        ]
        if found:  # anybody who was given its key may have handed it on as their own
            return max(found, key=lambda one: devices.device_from_sender_key(event.sender, one[0]) is not None)
        if not wanted or not text(event.content, "ciphertext"):
            raise Never
        raise NotYet

    def _decrypt(self, event: RoomEvent, key: str, device: OlmDevice) -> Mapping[str, Any]:
        sealed = Event.parse_event(
            {
                "type": ENCRYPTED,
                "event_id": event.id,
                "sender": event.sender,
                "origin_server_ts": event.at * 1000,
                "room_id": event.room,
                "content": {**event.content, "sender_key": key, "device_id": device.id},
            }
        )
        if not isinstance(sealed, MegolmEvent):
            raise Never
        found = self._client.decrypt_event(sealed).source
        if not is_mapping(found):
            raise Never
        return found


def _opened(event: RoomEvent, found: Raw) -> RoomEvent:
    kind, content = found.get("type"), found.get("content")
    if not isinstance(kind, str) or kind == ENCRYPTED or not is_mapping(content):
        raise Never
    if found.get("room_id", event.room) != event.room:
        raise Never
    # The relation stands outside, where the server sees it too; who says it inside as well leaves it no choice.
    outside, inside = mapping(event.content, "m.relates_to"), mapping(content, "m.relates_to")
    if outside and inside and outside != inside:
        raise Never
    content = {**content, "m.relates_to": outside} if outside else content
    return msgspec.structs.replace(event, type=kind, content=content, state_key=None, encrypted=True)
