"""Who is in a room, and whether the newsroom's rooms are as they must be: what `doctor` shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from bot.errors import PlatformDenied, PlatformError
from bot.platforms.base import Finding
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.errors import MatrixRefused
from bot.platforms.matrix.settings import MatrixSettings
from storage.address import Account, Address

PLATFORM: Final = "matrix"
_MEGOLM: Final = "m.megolm.v1.aes-sha2"


async def is_member(client: MatrixClient, room: Address, person: Account) -> bool:
    """Whether the account has joined the room now; who is only invited has not. Raises PlatformError."""
    state = await _state(client, room.chat.reveal(), "m.room.member", person.person.reveal())
    return state.get("membership") == "join"


async def findings(client: MatrixClient, settings: MatrixSettings) -> list[Finding]:
    try:
        who = await client.call("GET", "v3/account/whoami")
    except PlatformDenied as error:
        return [Finding(what="Matrix: our session", ok=False, remedy=str(error))]
    except PlatformError as error:
        remedy = f"{error} Is `homeserver` right, and does the network let us through?"
        return [Finding(what="Matrix: the homeserver can be reached", ok=False, remedy=remedy)]
    right = who.get("user_id") == settings.user and who.get("device_id") == client.device_id
    found = [
        Finding(
            what=f"Matrix: our session ({settings.user})",
            ok=right,
            remedy="The session belongs to another account or device than the keys here: run `tamizdat matrix login`.",
        )
    ]
    try:
        if settings.editors_room is not None:
            found += await _room(client, settings.editors_room, "Matrix: the editors' room", _editors_room)
        for language, room in settings.channels.items():
            found += await _room(client, room, f"Matrix: the room for {language}", _channel)
    except PlatformError as error:
        found.append(Finding(what="Matrix: the homeserver answers", ok=False, remedy=f"{error} Try again."))
    return found


@dataclass(frozen=True, kw_only=True)
class _Room:
    """As its state says."""

    encryption: dict[str, Any]
    joining: object
    history: object
    powers: _Powers


async def _room(
    client: MatrixClient, room: str, what: str, looked_at: Callable[[str, _Room], Iterator[Finding]]
) -> list[Finding]:
    try:
        found = _Room(
            encryption=await _state(client, room, "m.room.encryption"),
            joining=(await _state(client, room, "m.room.join_rules")).get("join_rule"),
            history=(await _state(client, room, "m.room.history_visibility")).get("history_visibility"),
            powers=await _powers(client, room),
        )
    except MatrixRefused:
        remedy = "Invite the bot there, and check the room's id."
        return [Finding(what=f"{what} can be found", ok=False, remedy=remedy)]
    return list(looked_at(what, found))


def _editors_room(what: str, room: _Room) -> Iterator[Finding]:
    yield Finding(
        what=f"{what} is encrypted",
        ok=room.encryption.get("algorithm") == _MEGOLM,
        remedy="Switch encryption on in the room's settings; until then nothing is sent there.",
    )
    yield Finding(
        what=f"{what} is private",
        ok=room.joining == "invite" and room.history in ("invited", "joined", "shared"),
        remedy="Let people in by invitation only, and nobody read it from outside.",
    )
    yield Finding(
        what=f"{what}: the bot may delete messages",
        ok=room.powers.may("redact"),
        remedy=f"Give the bot power level {room.powers.needed('redact')} there.",
    )


def _channel(what: str, room: _Room) -> Iterator[Finding]:
    yield Finding(
        what=f"{what} can be read without joining",
        ok=room.joining == "public" and room.history == "world_readable" and not room.encryption,
        remedy="Make it public, its history readable by anyone, and leave it unencrypted: members see each other.",
    )
    yield Finding(
        what=f"{what}: only the newsroom may write",
        ok=room.powers.silences_guests(),
        remedy="Raise the power level for sending messages above that of new members.",
    )
    yield Finding(
        what=f"{what}: the bot may write and delete there",
        ok=room.powers.may("redact") and room.powers.may("events_default"),
        remedy=f"Give the bot power level {room.powers.needed('redact')} there.",
    )


class _Powers:
    """Of one room, as its m.room.power_levels say; what is missing there has the specification's values."""

    _USUAL: Final = {"redact": 50, "events_default": 0, "users_default": 0}

    def __init__(self, content: dict[str, Any], me: str, *, above_all: bool) -> None:
        self._content = content
        self._above_all = above_all
        users = content.get("users")
        mine = users.get(me) if isinstance(users, dict) else None
        self._mine = mine if isinstance(mine, int) else self.needed("users_default")

    def needed(self, act: str) -> int:
        level = self._content.get(act, self._USUAL[act])
        return level if isinstance(level, int) else self._USUAL[act]

    def may(self, act: str) -> bool:
        return self._above_all or self._mine >= self.needed(act)

    def silences_guests(self) -> bool:
        return self.needed("users_default") < self.needed("events_default")


async def _powers(client: MatrixClient, room: str) -> _Powers:
    """Since room version 12 whoever made the room stands above all levels, and in none of its lists."""
    path = f"v3/rooms/{quote(room, safe='')}/state/m.room.create/"
    create = await client.call("GET", path, query={"format": "event"})
    version = str(create.get("content", {}).get("room_version", "1"))
    above_all = version.isdecimal() and int(version) >= 12 and create.get("sender") == client.user_id
    return _Powers(await _state(client, room, "m.room.power_levels"), client.user_id, above_all=above_all)


async def _state(client: MatrixClient, room: str, kind: str, key: str = "") -> dict[str, Any]:
    """Empty when there is none. Raises MatrixRefused when we are not in the room."""
    path = f"v3/rooms/{quote(room, safe='')}/state/{kind}/{quote(key, safe='')}"
    try:
        return await client.call("GET", path)
    except MatrixRefused as error:
        if error.errcode == "M_NOT_FOUND":
            return {}
        raise
