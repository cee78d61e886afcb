"""What a limited sync left out, fetched page by page, back to where we were."""

from __future__ import annotations

import logging
from typing import Any

from bot.errors import PlatformAway
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.errors import MatrixRefused
from bot.platforms.matrix.ids import RoomId, UserId
from bot.platforms.matrix.listening.reading import Raw, mapping, sequence, text
from bot.platforms.matrix.rooms.direct_rooms import path

log = logging.getLogger(__name__)

_PAGE = 100
MOST_PAGES = 200
"""20,000 events: who was away that long, or is flooded so, misses the rest, and the log says so"""


async def gap(client: MatrixClient, room: RoomId, part: Raw, since: str) -> list[Any]:
    """The events between the sync position `since` and this sync's timeline, the oldest first; raw.

    Not further back than where we came into the room. Raises PlatformAway: then nothing was read of them.
    """
    position = text(mapping(part, "timeline"), "prev_batch")
    if mapping(part, "timeline").get("limited") is not True or not position:
        return []
    events: list[Any] = []
    for _ in range(MOST_PAGES):
        page = await _page(client, room, position, since)
        found = sequence(page, "chunk")
        events += found
        position = text(page, "end")
        if not position or not found or any(_is_our_coming(raw, UserId(client.user_id)) for raw in found):
            break
    else:
        log.error("A room has more new messages than are fetched; the oldest were left out.")
    events.reverse()
    return events


async def _page(client: MatrixClient, room: RoomId, position: str, since: str) -> Raw:
    query = {"dir": "b", "from": position, "to": since, "limit": str(_PAGE)}
    try:
        return await client.call("GET", path(room, "messages"), query=query)
    except PlatformAway:
        raise
    except MatrixRefused as refused:
        log.warning("What was written meanwhile in a room can't be fetched: %s", refused)
        return {}


def _is_our_coming(raw: object, me: UserId) -> bool:
    return (
        isinstance(raw, dict)
        and (raw.get("type"), raw.get("state_key")) == ("m.room.member", me)
        and text(mapping(raw, "content"), "membership") == "join"
        and text(mapping(raw, "unsigned", "prev_content"), "membership") != "join"
    )
