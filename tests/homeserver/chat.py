"""A room as one person has it: what they see there, and do."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from tests.homeserver.node import Node
from tests.patience import PATIENCE

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One event as its reader sees it now: edits applied; what was redacted is not there."""

    place: int
    """grows with every event that arrives"""
    event_id: str
    sender: str
    kind: str
    """msgtype of a message ("m.text", "m.image", …); "undecryptable"; else the event's type"""
    text: str
    thread: str | None
    """event id of the thread's root"""
    reply_to: str | None
    edited: bool
    encrypted: bool
    """whether it came encrypted"""
    reactions: tuple[tuple[str, str], ...]
    """(key, who), in the order in which they came"""
    content: dict[str, Any]
    """all of it, as its sender made it"""


@dataclass(frozen=True, kw_only=True)
class RoomFacts:
    """What the person's client believes of the room."""

    members: frozenset[str]
    """who is in it now"""
    encrypted: bool
    typing: frozenset[str]
    read: Mapping[str, str]
    """who has sent a receipt for which event"""


class Chat:
    """`person` is the client's name in the node."""

    def __init__(self, node: Node, person: str, room_id: str) -> None:
        self.room_id = room_id
        self._node = node
        self._person = person

    # ── what is there ────────────────────────────────────────────────────────────────────────────────────────────
    async def sees(self) -> list[Seen]:
        """Everything since the person joined, oldest first; the person's own words too."""
        found = await self._node.ask("sees", self._person, room=self.room_id)
        return [Seen(**{**one, "reactions": tuple(map(tuple, one["reactions"]))}) for one in found]

    async def facts(self) -> RoomFacts:
        found = await self._node.ask("room", self._person, room=self.room_id)
        return RoomFacts(
            members=frozenset(found["members"]),
            encrypted=found["encrypted"],
            typing=frozenset(found["typing"]),
            read=found["read"],
        )

    async def waits(self, fits: Callable[[list[Seen]], T | None], what: str, patience: float = PATIENCE) -> T:
        """What `fits` finds in `sees()` at last. Raises AssertionError that says what there was instead."""

        async def look() -> T | None:
            return fits(await self.sees())

        try:
            return await self._node.wait_for(look, patience)
        except TimeoutError:
            visible = "\n---\n".join(f"{seen.kind}: {seen.text[:300]}" for seen in (await self.sees())[-6:])
            raise AssertionError(f"nobody said {what!r}; visible:\n{visible}") from None

    async def expects(self, words: str, *, after: int = -1) -> Seen:
        """The newest event behind that place that says so."""

        def newest(seen: list[Seen]) -> Seen | None:
            return next((one for one in reversed(seen) if one.place > after and words in one.text), None)

        return await self.waits(newest, words)

    async def place(self, event_id: str | None = None) -> int:
        """Of that event, also when it was redacted since; without one: of the newest."""
        return int(await self._node.ask("place", self._person, room=self.room_id, event=event_id))

    async def waits_for_room(self, fits: Callable[[RoomFacts], bool]) -> RoomFacts:
        """Raises TimeoutError."""

        async def look() -> RoomFacts | None:
            facts = await self.facts()
            return facts if fits(facts) else None

        return await self._node.wait_for(look)

    # ── what the person does; each returns the event's id ────────────────────────────────────────────────────────
    async def says(self, text: str, *, reply_to: str | None = None, thread: str | None = None) -> str:
        content = {"msgtype": "m.text", "body": text}
        return await self.sends_event("m.room.message", content | _relation(reply_to, thread))

    async def edits(self, event_id: str, text: str) -> str:
        content = {
            "msgtype": "m.text",
            "body": f"* {text}",
            "m.new_content": {"msgtype": "m.text", "body": text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": event_id},
        }
        return await self.sends_event("m.room.message", content)

    async def reacts(self, event_id: str, key: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": event_id, "key": key}
        return await self.sends_event("m.reaction", {"m.relates_to": relation})

    async def redacts(self, event_id: str) -> str:
        return str(await self._node.ask("redact", self._person, room=self.room_id, event=event_id))

    async def sends_file(
        self,
        kind: str,
        data: bytes,
        *,
        name: str = "file",
        mime: str = "application/octet-stream",
        caption: str = "",
        thread: str | None = None,
        more: Mapping[str, Any] = {},
    ) -> str:
        """Encrypted. kind: "m.image", "m.audio", "m.video", "m.file"; `more` goes into the content as it is."""
        sealed = await self._node.ask(
            "upload", self._person, data=base64.b64encode(data).decode(), name=name, type=mime
        )
        said = {"body": caption or name, "filename": name}
        return await self.sends_event(
            "m.room.message", {"msgtype": kind} | said | sealed | _relation(None, thread) | dict(more)
        )

    async def sends_voice(self, data: bytes, *, seconds: int = 3) -> str:
        """As Element does: an audio with the mark of MSC3245."""
        voice = {"org.matrix.msc3245.voice": {}, "org.matrix.msc1767.audio": {"duration": seconds * 1000}}
        return await self.sends_file("m.audio", data, name="Voice message.ogg", mime="audio/ogg", more=voice)

    async def sends_event(self, kind: str, content: Mapping[str, Any]) -> str:
        """Any event; encrypted where the room is, but for reactions, which nobody encrypts."""
        return str(await self._node.ask("send", self._person, room=self.room_id, type=kind, content=content))

    async def downloads(self, seen: Seen) -> bytes:
        """Decrypted; its hash has been checked."""
        found = await self._node.ask("download", self._person, file=seen.content["file"])
        return base64.b64decode(found)


def _relation(reply_to: str | None, thread: str | None) -> dict[str, Any]:
    if thread is not None:
        falls_back = {"is_falling_back": reply_to is None, "m.in_reply_to": {"event_id": reply_to or thread}}
        return {"m.relates_to": {"rel_type": "m.thread", "event_id": thread, **falls_back}}
    return {} if reply_to is None else {"m.relates_to": {"m.in_reply_to": {"event_id": reply_to}}}
