"""The table [matrix]: the homeserver, the bot's account there, and the rooms of the newsroom.

It holds no secret: password or token are asked once by `tamizdat init`, and what follows from them is kept sealed.
"""

from __future__ import annotations

import re

from bot.config.rooms import read_channels
from bot.config.table import Table
from bot.config.web import read_api, split_address
from bot.platforms.matrix.settings import MatrixSettings

_USER = re.compile(r"@[a-z0-9._=/+-]+:[^\s:@!#]+(:[0-9]{1,5})?")
_ROOM = re.compile(r"![^\s:]+(:[^\s]+)?")
"""Of newer room versions without the server behind it."""
_LONGEST_NAME = 60


def read_matrix(table: Table, channels: Table) -> MatrixSettings | None:
    """None when something that it can't do without is missing or wrong: then that is noted."""
    homeserver, user = read_homeserver(table, "homeserver"), read_user(table, "user")
    editors = read_room(table, "editors_room")
    for key, remedy in (
        ("homeserver", "put the address of the homeserver there, like https://matrix.example.org."),
        ("user", "put the bot's own account there, like @newsroom:example.org."),
        ("editors_room", "what comes by Matrix is shown to editors nowhere else; put the room's id there."),
    ):
        if key not in table:
            table.problem(key, f"is missing: {remedy}")
    default = MatrixSettings(homeserver="", user="")
    settings = MatrixSettings(
        homeserver=homeserver or "",
        user=user or "",
        device_name=_device_name(table) or default.device_name,
        editors_room=editors,
        channels=read_channels(channels, editors, read_room),
        per_second=_per_second(table),
    )
    table.take("channels", dict)
    table.finish()
    return settings if homeserver and user else None


def read_homeserver(table: Table, key: str) -> str | None:
    text = read_api(table, key)
    url = None if text is None else split_address(text)
    if url is not None and (url.path or url.query or url.fragment):
        table.problem(key, "must be the bare address, without a path: /_matrix is added to it.")
    return text


def read_user(table: Table, key: str) -> str | None:
    text = table.take(key, str)
    if text is not None and not _USER.fullmatch(text):
        table.problem(key, "must be a whole Matrix id, @name:server, in small letters.")
        return None
    return text


def read_room(table: Table, key: str) -> str | None:
    text = table.take(key, str)
    if text is not None and not _ROOM.fullmatch(text):
        table.problem(key, "must be the room's id, which begins with !; a name with # may be moved to another room.")
        return None
    return text


def _device_name(table: Table) -> str | None:
    name = table.take("device_name", str)
    if name is not None and (len(name) > _LONGEST_NAME or not name.isprintable()):
        table.problem("device_name", f"must be one line of at most {_LONGEST_NAME} characters.")
    return name


def _per_second(table: Table) -> float | None:
    pace = table.take("per_second", float)
    if pace is not None and not 0 < pace <= 1000:
        table.problem("per_second", "must be a number above 0: so many messages a second; or leave it out.")
        return None
    return pace
