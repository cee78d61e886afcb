"""A story that is being told: its messages and photos, and how it is to be signed."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from handlers.contributors.submission import DropFiles
from storage.private import Private
from storage.story import Attachment


class Naming(StrEnum):
    NOBODY = "nobody"
    PEN_NAME = "pen"
    NAME = "name"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One message of the story: text, or a photo that is being prepared, is ready, or could not be taken."""

    message: Private[str]
    text: Private[str]
    item: bytes = b""
    """names the photo; empty for a text"""
    file: Attachment | None = None

    @property
    def is_pending(self) -> bool:
        return bool(self.item) and self.file is None


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    parts: tuple[Part, ...] = ()
    naming: Naming | None = None
    byline: Private[str] | None = None

    @property
    def text(self) -> Private[str]:
        texts = [part.text.reveal() for part in self.parts]
        return Private("\n\n".join(text for text in texts if text))

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        return attachments_of(self.parts)

    @property
    def pictures(self) -> int:
        """Photos, also those that are still being prepared."""
        return sum(bool(part.item) for part in self.parts)

    @property
    def pending(self) -> int:
        return sum(part.is_pending for part in self.parts)

    @property
    def length(self) -> int:
        return len(self.text.reveal())

    def has(self, message: Private[str]) -> bool:
        return any(part.message == message for part in self.parts)


def attachments_of(parts: tuple[Part, ...]) -> tuple[Attachment, ...]:
    return tuple(part.file for part in parts if part.file is not None)


def abandoned(draft: Telling) -> tuple[DropFiles, ...]:
    """What goes with a draft that goes."""
    return (DropFiles(files=tuple(one.blob for one in draft.attachments)),)
