"""Invitations: which are joined, which are declined, and which wait.

Only a direct room of two is joined, and the newsroom's own rooms. An invitation says little and what it says may be
untrue, so a room that was joined is looked at once more (`newcomers.py`).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from urllib.parse import quote

import msgspec

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.errors import MatrixRefused
from bot.platforms.matrix.ids import RoomId, UserId
from bot.platforms.matrix.listening.reading import Raw, is_mapping, is_storable, mapping, sequence
from bot.platforms.matrix.listening.room_state import room_id
from bot.platforms.matrix.rooms.caps import Caps, Verdict
from bot.platforms.matrix.rooms.deeds import Deeds
from bot.platforms.matrix.rooms.direct_rooms import leave, server_of

log = logging.getLogger(__name__)

MOST_WAITING = 1000
_OF_GROUPS = frozenset({"m.room.name", "m.room.canonical_alias"})
"""A direct room has neither."""


class Invite(msgspec.Struct, frozen=True, kw_only=True):
    room: RoomId
    person: UserId
    """who invites"""
    direct: bool

    def __repr__(self) -> str:
        return "Invite(…)"


def read_invite(room: object, raw: object, me: UserId) -> Invite | None:
    """None: nobody who can be answered has invited us (pitfall 3: events about others come along)."""
    name = room_id(room)
    state = [event for event in sequence(raw, "invite_state", "events") if is_mapping(event)] if is_mapping(raw) else []
    ours = next((event for event in reversed(state) if _is_ours(event, me)), None)
    person = ours.get("sender") if ours is not None else None
    if name is None or ours is None or not isinstance(person, str) or not person.startswith("@"):
        return None
    if not is_storable(person) or not server_of(person) or person == me:
        return None
    is_group = any(event.get("type") in _OF_GROUPS for event in state) or any(
        event.get("type") == "m.room.create" and "type" in mapping(event, "content") for event in state
    )
    direct = mapping(ours, "content").get("is_direct") is True
    return Invite(room=name, person=UserId(person), direct=direct or not is_group)


def _is_ours(event: Raw, me: UserId) -> bool:
    is_member = event.get("type") == "m.room.member" and event.get("state_key") == me
    return is_member and mapping(event, "content").get("membership") == "invite"


class Invites:
    """`own`: the newsroom's rooms, which are joined whoever invites."""

    def __init__(self, client: MatrixClient, deeds: Deeds, own: frozenset[RoomId], caps: Caps) -> None:
        self._client = client
        self._deeds = deeds
        self._own = own
        self._caps = caps
        self._late: dict[RoomId, Invite] = {}

    def consider(self, invited: Mapping[str, object]) -> None:
        """room → what a sync says of the invitation. Those that had to wait have their turn as well."""
        late, self._late = self._late, {}
        found = [read_invite(room, raw, UserId(self._client.user_id)) for room, raw in invited.items()]
        for invite in {**late, **{invite.room: invite for invite in found if invite is not None}}.values():
            self._consider(invite)

    def withdraw(self, room: RoomId) -> None:
        """The invitation is no more."""
        self._late.pop(room, None)

    def _consider(self, invite: Invite) -> None:
        if invite.room in self._own:
            self._deeds.add(("join", invite.room), lambda: self._join(invite))
            return
        verdict = self._caps.take(invite.person, time.monotonic()) if invite.direct else Verdict.NO
        if verdict is Verdict.WELCOME:
            self._deeds.add(("join", invite.room), lambda: self._join(invite))
        elif verdict is Verdict.LATER and len(self._late) < MOST_WAITING:
            self._late[invite.room] = invite
        else:
            self._deeds.add(("decline", invite.room), lambda: leave(self._client, invite.room))

    async def _join(self, invite: Invite) -> None:
        via = server_of(invite.person)
        where = f"v3/join/{quote(invite.room, safe='')}"
        try:
            await self._client.call("POST", where, query={"server_name": via, "via": via}, body={})
        except MatrixRefused as refused:
            log.info("An invitation could not be followed: %s", refused)
            await leave(self._client, invite.room)
