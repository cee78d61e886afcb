"""What our keys need no more: old sessions, and people with whom we never shared a room of theirs.

Without it each session that ever was stays in memory and in the rows, and so do the devices of all who ever passed by.
Whoever has, or had, a room with us alone stays known though they seem to have left: who is in a room the homeserver
says, and it could hide one for a moment to have us trust other devices afterwards.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from datetime import datetime
from typing import Final

from nio.crypto import InboundGroupSession

from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.devices.device_policy import DevicePolicy
from bot.platforms.matrix.keeping.directs import Directs
from bot.platforms.matrix.keeping.machine import Machine

HOUR: Final = 3600
DAY: Final = 24 * HOUR
THEIRS_SECONDS: Final = 30 * DAY
"""since a room key of somebody's was of use: they replace it after a week (specification, `rotation_period_ms`), and
what could not be decrypted we give up after two days"""
OURS_SECONDS: Final = 90 * DAY
"""since we made one: so long our own cards may have to be read again, for the answer to one"""
STRANGERS_SECONDS: Final = DAY
"""for keys in rooms that we have not entered yet, and Olm sessions of devices that we have not asked for yet"""
OLM_SESSIONS: Final = 4
"""of one device, the last used (specification, "Olm sessions": "should be at least 4")"""


class Sweep:
    def __init__(self, client: MatrixClient, directs: Directs, policy: DevicePolicy) -> None:
        self._client = client
        self._directs = directs
        self._policy = policy
        self._last: float | None = None

    async def hourly(self) -> None:
        """After a sync: all the rooms that we are in are known then. Raises StorageError."""
        now = time.time()
        if self._last is not None and now < self._last + HOUR:
            return
        self._last = now
        drop_olm(self._client.machine, now)
        shared = {name for name, room in self._client.rooms.items() if len(room.users) > 1}
        shared |= {room for room in (self._client.settings.editors_room,) if room}  # we may be invited back
        drop_room_keys(self._client.machine, now, shared)
        await self._forget_people(now)

    async def _forget_people(self, now: float) -> None:
        here = {user for room in self._client.rooms.values() if room.encrypted for user in room.users}
        here |= self._directs.users | about_to_speak(self._client.machine, now) | {self._client.user_id}
        gone = (self._client.sealed.users | self._policy.users) - here
        if gone:
            for user in await self._policy.forget(gone):
                self._client.machine.forget_person(user)
        await self._client.flush()


def about_to_speak(machine: Machine, now: float) -> set[str]:
    """Who has handed us a room key lately that has opened nothing yet: their room may be one that we are to enter.

    now: seconds since 1970.
    """
    givers = {
        session.sender_key
        for session in machine.inbound_group_store
        if machine.sealed.first_unread(session) == 0 and machine.sealed.last_use(session) >= now - STRANGERS_SECONDS
    }
    return {device.user_id for device in machine.device_store if device.curve25519 in givers}


def drop_olm(machine: Machine, now: float) -> None:
    """now: seconds since 1970."""
    known = {device.curve25519 for device in machine.device_store}
    for curve, sessions in machine.session_store.items():
        sessions.sort(key=lambda one: one.use_time, reverse=True)
        oldest = datetime.min if curve in known else datetime.fromtimestamp(now - STRANGERS_SECONDS)
        for session in [*sessions[OLM_SESSIONS:], *(one for one in sessions[:OLM_SESSIONS] if one.use_time < oldest)]:
            sessions.remove(session)
            machine.sealed.drop_olm(session)


def drop_room_keys(machine: Machine, now: float, rooms: Collection[str]) -> None:
    """rooms: those in which we are with others."""
    for session in list(machine.inbound_group_store):
        if machine.sealed.last_use(session) < now - _lifetime(machine, session, rooms):
            machine.drop_room_key(session)


def _lifetime(machine: Machine, session: InboundGroupSession, rooms: Collection[str]) -> float:
    if session.room_id not in rooms:
        return STRANGERS_SECONDS
    is_ours = session.sender_key == machine.account.identity_keys["curve25519"]
    return OURS_SECONDS if is_ours else THEIRS_SECONDS
