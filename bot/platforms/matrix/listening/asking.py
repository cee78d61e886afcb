"""What the homeserver is asked for, and how long it may take.

Its first answer after a start has the state of all rooms in it, so it takes as long as there are rooms. A server works
on after a time-out, and Synapse gives what it found to whoever asks the same again: so that one is asked again with
more patience, and not differently.
"""

from __future__ import annotations

import json
from typing import Final

from bot.errors import PlatformAway
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.listening.reading import Raw, mapping, text

_NOTHING: Final = {"not_types": ["*"]}


def _filter(*, timeline: object, state: object) -> str:
    room = {"timeline": timeline, "state": state, "ephemeral": _NOTHING, "account_data": _NOTHING}
    return json.dumps({"presence": _NOTHING, "account_data": _NOTHING, "room": room})


_ALL_STATE: Final = {"lazy_load_members": False}
"""Who is in a room decides who can read it, so nobody may be left out, not even at first."""
_NEWS: Final = _filter(timeline={"limit": 100}, state=_ALL_STATE)
_ROOMS: Final = _filter(timeline={"limit": 1}, state=_ALL_STATE)
_INVITES: Final = _filter(timeline=_NOTHING, state=_NOTHING)
LONGEST: Final = 600.0
"""seconds for the answer to a first question: a proxy before the homeserver ends it earlier anyway"""


class Asking:
    def __init__(self, client: MatrixClient) -> None:
        self._client = client
        self._patience = client.settings.read_seconds

    async def news(self, since: str, *, hold: int) -> Raw:
        """What came since; the server waits `hold` seconds for something. Raises as `client.call` does."""
        query = {"filter": _NEWS, "timeout": str(hold * 1000), "set_presence": "offline", "since": since}
        return _placed(await self._client.call("GET", "v3/sync", query=query, timeout=hold + self._usual))

    async def all_rooms(self, since: str | None, *, messages: bool) -> Raw:
        """As `news`, with all rooms' state; since None: nothing is known yet. messages: their last ones too."""
        wanted = _NEWS if messages else _ROOMS
        query = {"filter": wanted, "timeout": "0", "set_presence": "offline", "full_state": "true"}
        return _placed(await self._patiently(query if since is None else {**query, "since": since}))

    async def invitations(self) -> Raw:
        """Room → invitation: all that stand, also those that were shown before (pitfall 3)."""
        return mapping(await self._patiently({"filter": _INVITES, "timeout": "0"}), "rooms", "invite")

    async def _patiently(self, query: dict[str, str]) -> Raw:
        try:
            answer = await self._client.call("GET", "v3/sync", query=query, timeout=self._patience)
        except PlatformAway:
            self._patience = min(self._patience * 2, LONGEST)
            raise
        self._patience = self._usual
        return answer

    @property
    def _usual(self) -> float:
        return self._client.settings.read_seconds


def _placed(answer: Raw) -> Raw:
    if not text(answer, "next_batch"):
        raise PlatformAway("The homeserver's answer to a sync has no position.")
    return answer
