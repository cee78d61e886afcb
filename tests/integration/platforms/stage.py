"""What the adapter contract needs of a platform: one person, what they do there, and what they see."""

from __future__ import annotations

from typing import Protocol

import msgspec

from bot.platforms.base import Adapter
from bot.types import FileKind
from storage.address import Account, Address


class Sight(msgspec.Struct, frozen=True, kw_only=True):
    """One message as the person sees it."""

    text: str
    """the text or the caption, without formatting"""
    from_bot: bool
    buttons: tuple[tuple[str, ...], ...] = ()
    """the labels, row by row"""
    kind: FileKind | None = None
    """of its file, if it has one"""
    file: bytes | None = None


class Stage(Protocol):
    """A platform with one bot and one person, who has not written yet.

    A platform's stage lies in `<platform>_stage.py`, with a function
    `open_stage(folder: Path) -> AbstractAsyncContextManager[Stage]`; the folder is empty and the stage's own.
    `lacks` may also hold "away": what is done while no adapter receives is not kept for it.
    An act returns when the platform has taken it; the adapter may learn of it later.
    """

    @property
    def lacks(self) -> frozenset[str]:
        """Names of acts below that don't exist on this platform; the tests that need them are skipped."""
        ...

    @property
    def chat(self) -> Address:
        """The person's private chat with the bot."""
        ...

    @property
    def person(self) -> Account: ...

    @property
    def room(self) -> Address:
        """A room where the bot is, and the person is not yet."""
        ...

    def adapter(self) -> Adapter:
        """A new adapter for the bot's account, not started. Asked again: the program was restarted."""
        ...

    async def says(self, text: str) -> None: ...

    async def follows(self, payload: str) -> None:
        """Opens the bot by a deep link."""
        ...

    async def sends_photo(self, data: bytes, caption: str = "", album: str | None = None) -> None:
        """Photos with the same album name belong together."""
        ...

    async def sends_file(self, kind: FileKind, data: bytes, caption: str = "") -> None:
        """`lacks` may hold `sends_voice`, `sends_video`, `sends_video_note`, `sends_document`."""
        ...

    async def edits(self, text: str) -> None:
        """Changes what they said last."""
        ...

    async def taps(self, label: str) -> None:
        """Taps the newest visible button with this label."""
        ...

    async def blocks(self) -> None: ...

    async def joins_room(self) -> None: ...

    async def leaves_room(self) -> None: ...

    async def sees(self) -> list[Sight]:
        """The messages in the private chat that are visible now, the oldest first."""
        ...
