"""The messenger on the stage: keeps what stands in each chat."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Self

from bot.errors import FileLost, FileTooLarge
from bot.numbered import numbered
from bot.outcomes import Delivered, Later, Outcome, Refused
from bot.platforms.base import Deliver, Finding, Menus, OpenBlob, Receive, one_by_one
from bot.rooms import BOT
from bot.texts.rich import Rich
from bot.types import Button, Capabilities, Erase, File, FileKind, Menu, Outgoing, Place, Show
from storage.address import Account, Address, Reference
from storage.private import Private

STAGE = "stage"
SECOND_BOT = "second"
"""Beside the first one, which everybody writes to who is not said to write to this one."""
DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""bytes; Telegram's"""
_PIECE = 64 * 1024


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A message as it stands in a chat."""

    number: str
    text: Rich
    buttons: tuple[tuple[Button, ...], ...] = ()
    kind: FileKind | None = None
    """of its file, if it has one"""
    file: bytes | None = None
    """None also for a file that was only announced"""
    alt: str = ""
    """what those read who can't see the picture"""
    mine: bool = False
    """written by the person, not by the bot"""
    edited: bool = False

    @property
    def photo(self) -> bytes | None:
        """That the bot shows."""
        return self.file if self.kind is FileKind.PHOTO and not self.mine else None

    def button(self, label: str) -> Button:
        found = [button for row in self.buttons for button in row if label in button.label]
        if len(found) != 1:
            raise AssertionError(f"{len(found)} buttons say {label!r}")
        return found[0]


@dataclass(kw_only=True)
class StageAdapter:
    has_buttons: bool = True
    text_limit: int = 4096
    """UTF-16 units"""
    caption_limit: int = 1024
    chats: dict[str, list[Seen]] = field(default_factory=dict)
    menus: dict[str, Menu] = field(default_factory=dict)
    """the last list of commands that each chat was offered for itself"""
    members: dict[str, set[str]] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)
    """people to whom a broadcast must come later"""
    undeletable: set[str] = field(default_factory=set)
    """the numbers of messages that this messenger does not let anybody delete any more"""
    files: dict[str, bytes] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=count)
    platform: str = STAGE

    @classmethod
    def like(cls, platform: str, capabilities: Capabilities) -> Self:
        """What is said reads as it does there; it goes out as fast as it can."""
        return cls(
            platform=platform,
            has_buttons=capabilities.buttons,
            text_limit=capabilities.text_limit,
            caption_limit=capabilities.caption_limit,
        )

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            buttons=self.has_buttons,
            text_limit=self.text_limit,
            caption_limit=self.caption_limit,
            per_second=None,
            private_gap=0.0,
            room_per_minute=None,
            download_limit=DOWNLOAD_LIMIT,
        )

    def standing(self, chat: Address) -> list[Seen]:
        """What stands there; a person's chats with two of our bots are two."""
        name = chat.chat.reveal()
        return self.chats.setdefault(name if chat.bot == BOT else f"{name} with {chat.bot}", [])

    async def start(self) -> None: ...

    @property
    def inlets(self) -> Mapping[str, Receive]:
        """What people say comes by `Stage.arrives`."""
        return {}

    async def stop(self) -> None: ...

    async def register(self, menus: Menus, editors: Menus, *, default: str) -> None: ...

    async def check(self) -> list[Finding]:
        return []

    async def is_member(self, room: Address, person: Account) -> bool:
        return person.person.reveal() in self.members.get(room.chat.reveal(), set())

    async def perform(
        self, outgoing: Outgoing, chat: Address, before: Reference | None, open_blob: OpenBlob, key: str
    ) -> Outcome:
        if isinstance(outgoing, Menu):
            self.menus[chat.chat.reveal()] = outgoing
            return Delivered()
        seen = self.standing(chat)
        if isinstance(outgoing, Erase):
            gone = {reference.message.reveal() for reference in outgoing.references}
            gone |= {before.message.reveal()} if before else set()
            stay = gone & self.undeletable
            seen[:] = [message for message in seen if message.number not in gone - stay]
            if before is None or outgoing.instead is None or before.message.reveal() not in stay:
                return Delivered(failed=len(stay))
            instead = Show(content=outgoing.instead, place=Place.THERE)
            return await self._show(instead, chat, seen, before.message.reveal(), open_blob)
        return await self._show(outgoing, chat, seen, before.message.reveal() if before else None, open_blob)

    async def ready(self, show: Show, open_blob: OpenBlob) -> Deliver:
        usual = one_by_one(self, show, open_blob)

        async def deliver(chat: Address, key: str) -> Outcome:
            return Later(after=0.0) if chat.chat.reveal() in self.busy else await usual(chat, key)

        return deliver

    async def _show(
        self, show: Show, chat: Address, seen: list[Seen], before: str | None, open_blob: OpenBlob
    ) -> Outcome:
        content = show.content
        media = content.media
        if content.text.utf16_length > (self.text_limit if media is None else self.caption_limit):
            return Refused(why="it is longer than this messenger takes")
        file = b"".join([piece async for piece in open_blob(media.blob)]) if media else None
        message = Seen(
            number=str(next(self.numbers)),
            text=content.text if self.has_buttons else numbered(content),
            buttons=content.buttons,
            kind=media.kind if media else None,
            file=file,
            alt=media.alt.reveal() if media else "",
        )
        standing = [place for place, other in enumerate(seen) if other.number == before]
        if show.place in (Place.SAME, Place.THERE) and standing:
            message = replace(message, number=seen[standing[0]].number, edited=True)
            seen[standing[0]] = message
        elif show.place is Place.THERE:
            return Delivered()
        else:
            if show.place is Place.BOTTOM and standing:
                del seen[standing[0]]
            seen.append(message)
        return Delivered(reference=Reference(chat=chat, message=Private(message.number)))

    async def download(self, file: File) -> AsyncIterator[bytes]:
        data = self.files.get(file.handle.reveal())
        if max(file.size or 0, len(data or b"")) > DOWNLOAD_LIMIT:
            raise FileTooLarge(DOWNLOAD_LIMIT)
        if data is None:
            raise FileLost
        for start in range(0, len(data), _PIECE):
            yield data[start : start + _PIECE]
