"""Our own direct rooms: encrypted from their first event on, two people, and nobody but us may change that."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import quote
from weakref import WeakValueDictionary

from bot.errors import PlatformAway
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.errors import MatrixRefused
from bot.platforms.matrix.ids import RoomId, UserId
from bot.platforms.matrix.keeping.directs import Directs
from bot.platforms.matrix.listening.room_state import apply, room_id
from storage.store import Store

_OURS_ALONE = 100
_opening: WeakValueDictionary[UserId, asyncio.Lock] = WeakValueDictionary()


async def open_direct(client: MatrixClient, directs: Directs, store: Store, user: UserId) -> RoomId:
    """The person's room: the one they have, else a new one, to which they are invited and which `directs` keeps.

    It may be sent to at once: room keys go to invited people too. Raises PlatformError as `client.call` does.
    """
    lock = _opening.setdefault(user, asyncio.Lock())
    async with lock:
        known = directs.room_of(user)
        if known is not None:
            return known
        answer = await client.call("POST", "v3/createRoom", body=_wanted(client, user))
        room = room_id(answer.get("room_id"))
        if room is None:
            raise PlatformAway("The homeserver made a room and does not say which.")
        async with store.write() as tx:
            await directs.keep(tx, user, room)
        apply(client, room, await state_of(client, room))
        return room


async def state_of(client: MatrixClient, room: RoomId) -> list[Any]:
    """All its state events, unread. Raises as `client.call` does."""
    address = f"/_matrix/client/{path(room, 'state')}"
    async with client.exchange("GET", address, seconds=client.settings.read_seconds) as answer:
        try:
            found = json.loads(await answer.read())
        except (ValueError, RecursionError):
            found = None
    if not isinstance(found, list):
        raise PlatformAway("The homeserver's answer is no room's state.")
    return found


async def leave(client: MatrixClient, room: RoomId, why: str = "") -> None:
    """Declines an invitation too. `why` is seen by whoever is there. A room that we are not in is no matter."""
    body = {"reason": why} if why else {}
    try:
        await client.call("POST", path(room, "leave"), body=body)
        await client.call("POST", path(room, "forget"), body={})
    except MatrixRefused:
        return


def server_of(name: str) -> str:
    """The server in a user's or a room's id."""
    return name.partition(":")[2]


def path(room: RoomId, rest: str) -> str:
    return f"v3/rooms/{quote(room, safe='')}/{rest}"


def _wanted(client: MatrixClient, user: UserId) -> dict[str, Any]:
    """Levels: whoever may not invite can't bring a third person, and what the person wrote we may redact."""
    return {
        "preset": "private_chat",
        "is_direct": True,
        "invite": [user],
        "creation_content": {"m.federate": server_of(user) != server_of(client.user_id)},
        "power_level_content_override": {
            "users_default": 0,
            "events_default": 0,
            **dict.fromkeys(("state_default", "redact", "invite", "kick", "ban"), _OURS_ALONE),
            "events": {},
        },
        "initial_state": [
            _state("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"}),
            _state("m.room.history_visibility", {"history_visibility": "invited"}),
            _state("m.room.guest_access", {"guest_access": "forbidden"}),
        ],
    }


def _state(kind: str, content: dict[str, str]) -> dict[str, Any]:
    return {"type": kind, "state_key": "", "content": content}
