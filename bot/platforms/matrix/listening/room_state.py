"""What a room is: its state, given to nio event by event, and the few things that we ask of it ourselves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from nio import Event, MatrixRoom, RoomEncryptionEvent, RoomMemberEvent

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.ids import RoomId, UserId
from bot.platforms.matrix.listening.reading import Raw, is_mapping, is_storable, mapping, text

HERE = ("join", "invite")
_USUAL_REDACT = 50
_CREATORS_ABOVE_ALL = 12
"""the first room version whose creators have more power than any number"""


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """A room as its state says."""

    members: Mapping[UserId, str]
    """who is joined or invited"""
    encrypted: bool
    may_redact: bool
    """we, what others wrote"""
    is_space: bool
    predecessor: RoomId | None
    successor: RoomId | None

    def __repr__(self) -> str:
        return "Shape(…)"


def shape_of(state: Sequence[object], me: UserId) -> Shape:
    """state: all the state events of a room. Malformed ones count as not there."""
    events = [event for event in state if is_mapping(event) and is_mapping(event.get("content"))]
    single = {str(event.get("type")): event for event in events if event.get("state_key") == ""}
    create, tombstone = single.get("m.room.create", {}), single.get("m.room.tombstone", {})
    return Shape(
        members={
            UserId(event["state_key"]): text(event["content"], "membership")
            for event in events
            if event.get("type") == "m.room.member"
            and isinstance(event.get("state_key"), str)
            and event["content"].get("membership") in HERE
        },
        encrypted=text(mapping(single, "m.room.encryption", "content"), "algorithm") == "m.megolm.v1.aes-sha2",
        may_redact=_power(create, mapping(single, "m.room.power_levels", "content"), me),
        is_space="type" in mapping(create, "content"),
        predecessor=room_id(mapping(create, "content", "predecessor").get("room_id")),
        successor=room_id(mapping(tombstone, "content").get("replacement_room")),
    )


def room_id(value: object) -> RoomId | None:
    return RoomId(value) if isinstance(value, str) and value.startswith("!") and is_storable(value) else None


def known_room(client: MatrixClient, room: RoomId) -> MatrixRoom:
    """nio's own picture of a room we are in."""
    if room not in client.rooms:
        client.rooms[room] = MatrixRoom(room, client.user_id, room in client.encrypted_rooms)
        client.rooms[room].members_synced = True  # we ask for all members, always
    return client.rooms[room]


def apply(client: MatrixClient, room: RoomId, raws: Sequence[object]) -> int:
    """Gives state events to nio's picture of the room, each guarded by itself. Returns how many could not be read."""
    unreadable = 0
    for raw in raws:
        try:
            _apply(client, known_room(client, room), raw)
        except Exception:  # nio checks some fields and believes others
            unreadable += 1
    known = client.rooms.get(room)
    if known is not None and known.encrypted:
        client.machine.add_changed_users(set(known.users) - client.machine.tracked_users)
    return unreadable


def forget(client: MatrixClient, room: RoomId, *, must_be_encrypted: bool) -> None:
    """We are not in it any more, as the homeserver says: should we be in it again, it is to be what it was."""
    client.rooms.pop(room, None)
    if must_be_encrypted:
        return
    client.encrypted_rooms.discard(room)
    if client.store is not None:
        client.store.delete_encrypted_room(room)


def _apply(client: MatrixClient, room: MatrixRoom, raw: object) -> None:
    if not is_mapping(raw) or not isinstance(raw.get("state_key"), str):
        raise TypeError("A state event is an object with a state key.")
    event = Event.parse_event(dict(raw))
    if isinstance(event, RoomMemberEvent):
        if room.handle_membership(event):
            client.invalidate_outbound_session(room.room_id)
    else:
        room.handle_event(event)
    if isinstance(event, RoomEncryptionEvent) and room.room_id not in client.encrypted_rooms:
        client.encrypted_rooms.add(room.room_id)
        if client.store is not None:
            client.store.save_encrypted_rooms({room.room_id})


def _power(create: Raw, levels: Raw, me: UserId) -> bool:
    """Whether we may redact what others wrote."""
    made = mapping(create, "content")
    creators = [create.get("sender"), *_names(made.get("additional_creators"))]
    version = text(made, "room_version")
    if me in creators and version.isdecimal() and int(version) >= _CREATORS_ABOVE_ALL:
        return True
    if not levels:
        return me in creators
    mine = _level(mapping(levels, "users").get(me), _level(levels.get("users_default"), 0))
    return mine >= _level(levels.get("redact"), _USUAL_REDACT)


def _names(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _level(value: object, default: float) -> float:
    return value if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) else default
