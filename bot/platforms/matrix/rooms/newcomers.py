"""Rooms that we are in and that are nobody's yet: each is looked at, and becomes somebody's or is left."""

from __future__ import annotations

import logging
from collections.abc import Collection
from hashlib import sha256

from nio.exceptions import LocalProtocolError

from bot.errors import PlatformAway, PlatformError
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.errors import MatrixRefused
from bot.platforms.matrix.ids import RoomId, UserId
from bot.platforms.matrix.keeping.directs import Directs
from bot.platforms.matrix.listening.room_state import Shape, shape_of
from bot.platforms.matrix.rooms.deeds import Deeds
from bot.platforms.matrix.rooms.direct_rooms import leave, open_direct, path, state_of
from bot.texts.fluent import Message, Texts, msg
from storage.store import Store

log = logging.getLogger(__name__)


class Newcomers:
    def __init__(self, client: MatrixClient, directs: Directs, store: Store, deeds: Deeds, texts: Texts) -> None:
        self._client = client
        self._directs = directs
        self._store = store
        self._deeds = deeds
        self._texts = texts

    async def whose(self, room: RoomId, *, taken: Collection[UserId]) -> UserId | None:
        """The person whose room this is to be from now on, for the caller to keep. None: it will be left.

        taken: who got a room just now. Raises PlatformAway.
        """
        try:
            shape = shape_of(await state_of(self._client, room), UserId(self._client.user_id))
        except MatrixRefused:
            return None  # we are out again
        user = self._person(shape)
        if user is None and self._directs.is_former(room):
            return None  # what was said there is still to be erased: until then we stay
        if user is None or user in taken:
            self._deeds.add(("leave", room), lambda: leave(self._client, room))
            return None
        old = self._directs.room_of(user)
        if old is not None and old not in (room, shape.predecessor) and self._is_in_use(old, user):
            why = msg("matrix-room-is-second")
            self._deeds.add(("leave", room), lambda: self._say_and_leave(room, why, encrypted=shape.encrypted))
            return None
        if shape.encrypted and shape.may_redact:
            return user  # their old room is left when what was said there has been erased
        why = msg("matrix-room-cannot-erase") if shape.encrypted else msg("matrix-room-is-plain")
        self._deeds.add(("leave", room), lambda: self._move(room, user, why, encrypted=shape.encrypted))
        return None

    def crowded(self, room: RoomId, user: UserId) -> None:
        """Somebody else came into this person's room, which is theirs no more."""
        why = msg("matrix-room-has-others")
        self._deeds.add(("leave", room), lambda: self._move(room, user, why, encrypted=True))

    def _person(self, shape: Shape) -> UserId | None:
        """The only other one there; in a room that follows another, whoever had that one."""
        others = set(shape.members) - {UserId(self._client.user_id)}
        heir = self._directs.user_of(shape.predecessor) if shape.predecessor is not None else None
        if heir is not None and not others:
            return heir
        return others.pop() if len(others) == 1 and not shape.is_space and shape.successor is None else None

    def _is_in_use(self, room: RoomId, user: UserId) -> bool:
        known = self._client.rooms.get(room)
        return (
            known is not None
            and known.replacement_room is None
            and user in known.users
            and not known.users[user].invited
        )

    async def _move(self, room: RoomId, user: UserId, why: Message, *, encrypted: bool) -> None:
        await self._say_and_leave(room, why, encrypted=encrypted)
        old = self._directs.room_of(user)
        if old is not None and not self._is_in_use(old, user):
            async with self._store.write() as tx:
                await self._directs.vacate(tx, user)
        await open_direct(self._client, self._directs, self._store, user)

    async def _say_and_leave(self, room: RoomId, why: Message, *, encrypted: bool) -> None:
        said = self._texts.say(self._texts.pick(None), why).text
        content = {"msgtype": "m.text", "body": said}
        once = sha256(f"{why.key} {room}".encode()).hexdigest()[:32]
        try:
            if encrypted:
                await self._client.room_send(room, "m.room.message", content, once)
            else:
                await self._client.call("PUT", path(room, f"send/m.room.message/{once}"), body=content)
        except PlatformAway:
            raise
        except (PlatformError, LocalProtocolError) as error:  # nio's: it has not synced the room
            log.info("A room is left without a word (%s)", type(error).__name__)
        await leave(self._client, room, said)
