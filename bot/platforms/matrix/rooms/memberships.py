"""Who came, who went, and where a room moved to."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from urllib.parse import quote

from bot.errors import PlatformAway
from bot.platforms.matrix.client import MatrixClient
from bot.platforms.matrix.errors import MatrixRefused
from bot.platforms.matrix.ids import RoomId, UserId
from bot.platforms.matrix.listening.incoming import in_private
from bot.platforms.matrix.listening.reading import Malformed, RoomEvent, is_mapping, mapping, read, sequence, text
from bot.platforms.matrix.listening.room_state import HERE, room_id
from bot.platforms.matrix.rooms.caps import Caps, Verdict
from bot.platforms.matrix.rooms.deeds import Deeds
from bot.platforms.matrix.rooms.direct_rooms import server_of
from bot.types import Called, Gone, Incoming
from storage.private import Private

log = logging.getLogger(__name__)

MEMBER = "m.room.member"
TOMBSTONE = "m.room.tombstone"


class Memberships:
    """`own`: the newsroom's rooms. caps: how many rooms people may open for us, by invitation or by moving."""

    def __init__(self, client: MatrixClient, deeds: Deeds, own: frozenset[RoomId], caps: Caps) -> None:
        self._client = client
        self._deeds = deeds
        self._own = own
        self._caps = caps

    @property
    def _me(self) -> UserId:
        return UserId(self._client.user_id)

    def changed(self, event: RoomEvent, user: UserId) -> Incoming | None:
        """What a state event in this person's room means. They are greeted as soon as both are there."""
        if event.type == TOMBSTONE:
            self.follow(event, user)
        if event.type != MEMBER:
            return None
        now, before = text(event.content, "membership"), text(mapping(event.unsigned, "prev_content"), "membership")
        if event.state_key == user and now in ("leave", "ban") and before in ("", *HERE):
            return in_private(event, user, Gone())
        if now == "join" and before != "join" and event.state_key in (user, self._me) and self._are_both(event, user):
            name = "come" if event.state_key == user else "start"  # into a chat that we opened; or they did
            return in_private(event, user, Called(name=name, argument=Private("")))
        return None

    def follow(self, event: RoomEvent, user: UserId | None = None) -> None:
        """This person's room, or one of the newsroom's, was replaced by another one, which is joined; if that takes an
        invitation, we wait for it.
        """
        successor = room_id(event.content.get("replacement_room"))
        if successor is None or event.state_key != "":
            return
        if event.room in self._own:
            log.error("One of the newsroom's rooms was upgraded: put the new room's id into the config.")
        elif user is None or self._caps.take(user, time.monotonic()) is Verdict.NO:
            return
        self._deeds.add(("join", successor), lambda: self._join(successor, server_of(event.sender)))

    def outsiders(self, room: RoomId, user: UserId) -> bool:
        """Whether anybody but the two of us is in the person's room, or invited to it."""
        known = self._client.rooms.get(room)
        return known is not None and bool(set(known.users) - {self._me, user})

    def ended(self, room: RoomId, part: object, user: UserId | None) -> Incoming | None:
        """We are out of a room. If somebody else did that, the person wants no more of us."""
        event = self._last_word(room, part)
        if room in self._own and (event is None or event.sender != self._me):
            log.error("The bot was put out of one of the newsroom's rooms: invite it again.")
        if user is None or event is None or event.sender == self._me:
            return None
        return in_private(event, user, Gone())

    def came(self, events: Sequence[object]) -> int:
        """Where in these events we were invited or came ourselves: what stands before was not said to us."""
        for place, raw in enumerate(events):
            if not is_mapping(raw) or (raw.get("type"), raw.get("state_key")) != (MEMBER, self._me):
                continue
            if text(mapping(raw, "content"), "membership") in HERE:
                before = text(mapping(raw, "unsigned", "prev_content"), "membership")
                return 0 if before in HERE else place
        return 0

    def _are_both(self, event: RoomEvent, user: UserId) -> bool:
        known = self._client.rooms.get(event.room)
        return known is not None and all(
            name in known.users and not known.users[name].invited for name in (user, self._me)
        )

    def _last_word(self, room: RoomId, part: object) -> RoomEvent | None:
        """Our own membership as it is now."""
        holder = part if isinstance(part, dict) else {}
        for raw in reversed([*sequence(holder, "state", "events"), *sequence(holder, "timeline", "events")]):
            try:
                event = read(raw, room)
            except Malformed:
                continue
            if event.type == MEMBER and event.state_key == self._me:
                return event
        return None

    async def _join(self, room: RoomId, via: str) -> None:
        try:
            await self._client.call(
                "POST", f"v3/join/{quote(room, safe='')}", query={"server_name": via, "via": via}, body={}
            )
        except PlatformAway:
            raise
        except MatrixRefused:
            log.info("A room's successor can't be joined without an invitation.")
