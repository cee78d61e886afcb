"""What our own events say, for the answers to them and for edits: from memory, else fetched and decrypted.

A homeserver can answer anything. What stands for a person's word is taken from nothing but what our own device has
encrypted; a plain event, as we write them in published rooms, says at most that it is text.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from nio import Event, MegolmEvent
from nio.exceptions import EncryptionError

from bot.errors import PlatformError
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.errors import MatrixRefused
from bot.platforms.matrix.ids import EventId, RoomId
from bot.platforms.matrix.listening.reading import mapping
from bot.platforms.matrix.speaking.choices import meant, needed
from bot.types import Body, Tapped, Token

log = logging.getLogger(__name__)

_REMEMBERED = 2000
"""events"""
STALE = Tapped(token=Token(""))


class OwnEvents:
    def __init__(self, client: MatrixClient) -> None:
        self._client = client
        self._published = frozenset(client.settings.channels.values())
        self._known: OrderedDict[EventId, Mapping[str, Any]] = OrderedDict()

    def remember(self, event: EventId, content: Mapping[str, Any]) -> None:
        """What the event says from now on."""
        self._known[event] = needed(content)
        self._known.move_to_end(event)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def forget(self, event: EventId) -> None:
        self._known.pop(event, None)

    async def is_text(self, room: RoomId, event: EventId) -> bool:
        """Whether it can be edited into another text. Raises PlatformAway."""
        shown = await self._shown(room, event)
        return shown is not None and shown.get("msgtype") in ("m.text", "m.notice")

    async def is_there(self, room: RoomId, event: EventId) -> bool:
        """False: it was redacted, or never was. Raises PlatformError."""
        if event in self._known:
            return True
        try:
            found = await self._client.call("GET", _path(room, event))
        except MatrixRefused as error:
            if error.errcode != "M_NOT_FOUND":
                raise
            return False
        return bool(mapping(found, "content"))

    async def answer_of(self, room: RoomId, event: EventId, said: str) -> Body | None:
        """What a reaction with this key, or an answer with these words, to our event means; never raises.

        Tapped; Called for a choice that stands for a command, and for an opening (`start`, for the person's private
        chat). None: it names no choice. Tapped with an empty token: what the event said can't be read any more.
        """
        if room in self._published:
            return None
        try:
            shown = await self._shown(room, event)
        except PlatformError:
            shown = None
        return STALE if shown is None else meant(shown, said)

    async def _shown(self, room: RoomId, event: EventId) -> Mapping[str, Any] | None:
        """Its content as last edited; empty: it is not ours; None: it is redacted, or can't be decrypted."""
        if event not in self._known:
            found = await self._client.call("GET", _path(room, event))
            content = self._content(found, room, event)
            if content is None:
                return None
            self.remember(event, content)
        return self._known[event]

    def _content(self, found: Mapping[str, Any], room: RoomId, event: EventId) -> Mapping[str, Any] | None:
        if found.get("sender") != self._client.user_id:
            return {}
        edit = mapping(found, "unsigned", "m.relations", "m.replace")
        if edit.get("sender") == self._client.user_id:
            newest = self._decrypted(edit, room)
            if newest is not None and mapping(newest, "m.relates_to").get("event_id") == event:
                return mapping(newest, "m.new_content") or None
        return self._decrypted(found, room)

    def _decrypted(self, found: Mapping[str, Any], room: RoomId) -> Mapping[str, Any] | None:
        if found.get("type") != "m.room.encrypted":
            content = mapping(found, "content")
            return (content or None) if room in self._published else None
        event = Event.parse_encrypted_event({**found, "room_id": room})
        ours = self._client.machine.account.identity_keys["curve25519"]
        if not isinstance(event, MegolmEvent) or event.sender_key != ours:
            return None
        try:
            opened = self._client.decrypt_event(event)
        except EncryptionError:
            log.info("An answer names a message of ours that can't be read any more")
            return None
        return mapping(opened.source, "content") if isinstance(opened, Event) and opened.verified else None


def _path(room: RoomId, event: EventId) -> str:
    return f"v3/rooms/{quote(room, safe='')}/event/{quote(event, safe='')}"
