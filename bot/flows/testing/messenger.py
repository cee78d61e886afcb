"""The messenger on the stage: keeps what stands in each chat."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from bot.errors import FileRefused
from bot.platforms.base import Finding, OpenBlob, Sink, numbered
from bot.texts.rich import Rich
from bot.types import Capabilities, Choice, Delivered, Erase, File, Opening, Outcome, Outgoing, Place, Show
from storage.address import Account, Address, Reference
from storage.private import Private

STAGE = "stage"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A message as it stands in a chat."""

    number: str
    text: Rich
    buttons: tuple[tuple[Choice | Opening, ...], ...] = ()
    photo: bytes | None = None
    mine: bool = False
    """written by the person, not by the bot"""
    edited: bool = False

    def button(self, label: str) -> Choice | Opening:
        found = [button for row in self.buttons for button in row if label in button.label]
        if len(found) != 1:
            raise AssertionError(f"{len(found)} buttons say {label!r}")
        return found[0]


@dataclass(kw_only=True)
class StageAdapter:
    has_buttons: bool
    chats: dict[str, list[Seen]] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=count)
    platform: str = STAGE

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            buttons=self.has_buttons,
            text_limit=4096,
            caption_limit=1024,
            per_second=None,
            private_gap=0.0,
            room_per_minute=None,
        )

    async def start(self) -> None: ...

    async def receive(self, sink: Sink) -> None: ...

    async def stop(self) -> None: ...

    async def register(self, menus: Mapping[str, Sequence[tuple[str, str]]], *, default: str) -> None: ...

    async def check(self) -> list[Finding]:
        return []

    async def is_member(self, room: Address, person: Account) -> bool:
        return person.person.reveal() in self.members.get(room.chat.reveal(), set())

    async def perform(
        self, outgoing: Outgoing, chat: Address, before: Reference | None, open_blob: OpenBlob
    ) -> Outcome:
        seen = self.chats.setdefault(chat.chat.reveal(), [])
        if isinstance(outgoing, Erase):
            gone = {reference.message.reveal() for reference in outgoing.references}
            gone |= {before.message.reveal()} if before else set()
            seen[:] = [message for message in seen if message.number not in gone]
            return Delivered()
        return await self._show(outgoing, chat, seen, before.message.reveal() if before else None, open_blob)

    async def _show(
        self, show: Show, chat: Address, seen: list[Seen], before: str | None, open_blob: OpenBlob
    ) -> Outcome:
        content = show.content
        photo = b"".join([piece async for piece in open_blob(content.media.blob)]) if content.media else None
        message = Seen(
            number=str(next(self.numbers)),
            text=content.text if self.has_buttons else numbered(content),
            buttons=content.buttons,
            photo=photo,
        )
        standing = [place for place, other in enumerate(seen) if other.number == before]
        if show.place is Place.SAME and standing:
            message = replace(message, number=seen[standing[0]].number, edited=True)
            seen[standing[0]] = message
        else:
            if show.place is Place.BOTTOM and standing:
                del seen[standing[0]]
            seen.append(message)
        return Delivered(reference=Reference(chat=chat, message=Private(message.number)))

    async def download(self, file: File) -> AsyncIterator[bytes]:
        data = self.files.get(file.handle.reveal())
        if data is None:
            raise FileRefused("There is no such file on the stage.")
        yield data
