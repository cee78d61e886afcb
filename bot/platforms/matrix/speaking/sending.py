"""Events on their way out: into the right room, encrypted or not at all, each transaction id once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from hashlib import sha256
from secrets import token_hex
from typing import Any
from urllib.parse import quote

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.device_news import DeviceNews
from bot.platforms.matrix.devices.device_policy import DevicePolicy
from bot.platforms.matrix.errors import MatrixRefused, NotEncrypted, checked
from bot.platforms.matrix.ids import EventId, RoomId, UserId
from bot.platforms.matrix.keeping.directs import Directs
from bot.platforms.matrix.rooms.direct_rooms import open_direct
from bot.platforms.matrix.speaking.content import fitted
from bot.platforms.matrix.speaking.failures import NobodyReads, NobodyThere, NotReady
from storage.address import Address
from storage.store import Store

log = logging.getLogger(__name__)

_MESSAGE = "m.room.message"


def is_person(chat: Address) -> bool:
    """A private chat has its person's id."""
    return chat.chat.reveal().startswith("@")


def transaction(key: str, what: str) -> str:
    """The transaction id of one of the events that are sent under `key`: the same when it is tried again."""
    return sha256(f"{key or token_hex(16)} {what}".encode()).hexdigest()[:32]


class Mail:
    """sent: called with the room of every message that has gone out."""

    def __init__(
        self,
        client: MatrixClient,
        directs: Directs,
        store: Store,
        policy: DevicePolicy,
        news: DeviceNews,
        *,
        sent: Callable[[RoomId], None],
    ) -> None:
        self._client = client
        self._directs = directs
        self._store = store
        self._policy = policy
        self._news = news
        self._sent = sent
        self._published = frozenset(client.settings.channels.values())
        self._own = self._published | {client.settings.editors_room}

    async def room_of(self, chat: Address) -> RoomId:
        """A person's room is opened if there is none. Raises PlatformError; NobodyThere when the person has left."""
        if not is_person(chat):
            return RoomId(chat.chat.reveal())
        user = UserId(chat.chat.reveal())
        room = self._directs.room_of(user)
        if room is None:
            return await open_direct(self._client, self._directs, self._store, user)
        known = self._client.rooms.get(room)
        if known is not None and user not in known.users:
            raise NobodyThere(NobodyThere.__doc__)
        return room

    async def rooms_of(self, chat: Address) -> list[RoomId]:
        """Where the chat's messages may be: a person's former rooms too, and also when they have left. None: the person
        has no room, and gets none for this. Raises as `room_of`.
        """
        private = self.private_rooms(chat)
        if is_person(chat) and not private:
            return []
        return [room for room in private if room in self._client.rooms] or [await self.room_of(chat)]

    def private_rooms(self, chat: Address) -> tuple[RoomId, ...]:
        """Where we are or were alone with the person of this chat; none when it is no person's."""
        return self._directs.rooms_of(UserId(chat.chat.reveal())) if is_person(chat) else ()

    def is_plain(self, room: RoomId) -> bool:
        """A published room is meant for everybody: what is said there is not encrypted."""
        known = self._client.rooms.get(room)
        is_encrypted = self._directs.is_marked(room) or (known is not None and known.encrypted)
        return room in self._published and not is_encrypted

    async def send(self, room: RoomId, content: dict[str, Any], transaction_id: str) -> EventId:
        """Raises PlatformError."""
        content = fitted(content)
        try:
            if self.is_plain(room):
                path = f"v3/rooms/{quote(room, safe='')}/send/{_MESSAGE}/{transaction_id}"
                event = EventId(str((await self._client.call("PUT", path, body=content))["event_id"]))
            else:
                event = await self._send_encrypted(room, content, transaction_id)
        except MatrixRefused as error:
            if error.errcode == "M_FORBIDDEN":
                await self.check_membership(room)
            raise
        self._sent(room)
        return event

    async def redact(self, room: RoomId, event: EventId, transaction_id: str) -> None:
        """Raises PlatformError."""
        path = f"v3/rooms/{quote(room, safe='')}/redact/{quote(event, safe='')}/{transaction_id}"
        await self._client.call("PUT", path, body={})

    async def check_membership(self, room: RoomId) -> None:
        """Raises NobodyThere when we are not in this room any more: what is forbidden there is so for that reason."""
        try:
            await self._client.call("GET", f"v3/rooms/{quote(room, safe='')}/joined_members")
        except MatrixRefused:
            raise NobodyThere(NobodyThere.__doc__) from None

    async def _send_encrypted(self, room: RoomId, content: dict[str, Any], transaction_id: str) -> EventId:
        """Our own mark decides, and the library must agree: it would send plain text into a room that it takes for a
        plain one.
        """
        if room not in self._client.rooms:
            await self.check_membership(room)
        self.guard(room)
        user = self._directs.user_of(room)
        if user is None and room not in self._own:
            raise NotReady(NotReady.__doc__)  # it was somebody's until a moment ago: they get another one
        sharing = await self._policy.prepare(room)
        if user is not None and not any(device.user.reveal() == user for device in sharing.trusted):
            log.warning("Somebody has no device that may read what is for them: it waits")
            raise NobodyReads(NobodyReads.__doc__)
        sent = await self._client.room_send(room, _MESSAGE, content, transaction_id, alone_with=user)
        event = EventId(checked(sent).event_id)
        if sharing.is_news and room == self._client.settings.editors_room:
            await self._news.tell(room, sharing)
        return event

    def guard(self, room: RoomId) -> None:
        """The client's: asked again right before an encrypted message leaves, as a homeserver can keep us waiting until
        its syncs have made another room of this one. Raises NotReady, NotEncrypted.
        """
        known = self._client.rooms.get(room)
        if known is None:
            raise NotReady(NotReady.__doc__)
        if not known.encrypted:
            log.error("A chat must be encrypted, and is not: nothing is sent there. See `tamizdat doctor`.")
            raise NotEncrypted(NotEncrypted.__doc__)
        if self._directs.user_of(room) is not None and len(known.users) > 2:
            raise NotReady(NotReady.__doc__)  # the loop forgets a room that a third has joined; another is opened
