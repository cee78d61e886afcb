"""A story that is being told: its messages and files, and all that its author has decided about it."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from bot.types import FileKind
from handlers.contributors.submission import DropFiles
from handlers.policy import DRAFT_SECONDS, LONG_DRAFT_SECONDS, ROLLING_SECONDS
from storage.private import Private
from storage.story import Attachment, Contact

TELL = "telling"
"""The flow's name."""


class Naming(StrEnum):
    NOBODY = "nobody"
    PEN_NAME = "pen"
    NAME = "name"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One message of the story: text, or a file that is being prepared, is ready, or could not be taken."""

    message: Private[str]
    text: Private[str]
    question: str = ""
    """the id of the one that it answers; empty: it was written before any was asked"""
    for_editors: bool = False
    """kept here too: what was written for editors alone stays theirs, whatever becomes of the question"""
    item: bytes = b""
    """names the file; empty for a text"""
    kind: str = ""
    """of the file"""
    file: Attachment | None = None
    alt: Private[str] | None = None
    """what is to be seen in a photo; empty: its author would rather not say; None: not asked yet"""

    @property
    def is_pending(self) -> bool:
        return bool(self.item) and self.file is None

    @property
    def is_photo(self) -> bool:
        return self.kind == FileKind.PHOTO


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    questionnaire: str = ""
    at: str = ""
    """the question that is being answered; empty: the first"""
    parts: tuple[Part, ...] = ()
    describing: bytes = b""
    """the photo that is being described; empty: the first that is not"""
    naming: Naming | None = None
    byline: Private[str] | None = None
    topic: str | None = None
    """None: not asked yet"""
    region: Private[str] | None = None
    """empty: its author would rather not say; None: not asked yet"""
    contact: Contact | None = None
    """None: not asked yet"""
    has_agreed: bool = False
    """to the terms of publication"""
    keeps_long: bool = False
    rolls: bool = False
    """what is written disappears from the chat soon after it is kept"""

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        return tuple(
            part.file if part.alt is None else msgspec.structs.replace(part.file, caption=part.alt)
            for part in self.parts
            if part.file is not None
        )

    @property
    def ready_photos(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.is_photo and part.file is not None)

    @property
    def photos(self) -> int:
        """Also those that are still being prepared."""
        return sum(part.is_photo for part in self.parts)

    @property
    def recordings(self) -> int:
        return sum(bool(part.item) and not part.is_photo for part in self.parts)

    @property
    def pending(self) -> int:
        return sum(part.is_pending for part in self.parts)

    @property
    def length(self) -> int:
        """Characters, of all answers."""
        return sum(len(part.text.reveal()) for part in self.parts)

    def has(self, message: Private[str]) -> bool:
        return any(part.message == message for part in self.parts)

    @property
    def onward(self) -> str:
        """The step that asks for the first thing that is not said yet; when all is said, the last look.

        Photos are waited for at once, because each is described; a recording may take its time until the end.
        """
        if any(part.is_photo and part.is_pending for part in self.parts):
            return "files"
        if any(part.alt is None for part in self.ready_photos):
            return "describe"
        if self.naming is None or (self.naming is not Naming.NOBODY and self.byline is None):
            return "name"
        asked = {"topic": self.topic, "region": self.region, "contact": self.contact}
        missing = next((step for step, said in asked.items() if said is None), None)
        if missing is None and not self.has_agreed:
            return "licence"
        return missing or ("files" if self.pending else "review")


def without_empty(draft: Telling, parts: tuple[Part, ...]) -> Telling:
    """The draft with these parts; one with nothing left in it goes."""
    kept = tuple(part for part in parts if part.item or part.text.reveal())
    return msgspec.structs.replace(draft, parts=kept)


def kept_seconds(draft: Telling) -> int:
    """How long it is kept after the last message; a week only while there is something in it."""
    return LONG_DRAFT_SECONDS if draft.keeps_long and draft.parts else DRAFT_SECONDS


def rolling_seconds(draft: Telling) -> int | None:
    """A file that is still being fetched may be fetched from the chat: until it is here, nothing is hastened."""
    return ROLLING_SECONDS if draft.rolls and not draft.pending else None


def abandoned(draft: Telling) -> tuple[DropFiles, ...]:
    """What goes with a draft that goes."""
    return (DropFiles(files=tuple(one.blob for one in draft.attachments)),)
