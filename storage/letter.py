"""A newsletter: what editors write, for whom, and how far it has come. It is nobody's story and names no reader.

draft ──► scheduled ──► sent ──► retracted
  ▲───────────┘
Two persons approve a draft; whatever changes it, their approvals fall. Two persons take back what was sent. It can be
corrected and stays sent: two approve the correction (`Details.correction`), as they approve a draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

from storage.ids import AnchorId, EditorId, KeyId, LetterId, TemplateId
from storage.private import Private
from storage.story import Attachment


class LetterStatus(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    """approved by two; it goes out by itself when its time has come"""
    SENT = "sent"
    """handed to the broadcast, whose progress is its own"""
    RETRACTED = "retracted"
    """taken back from its readers, as far as that can be done; nothing becomes of it any more"""


OUT: Final = frozenset({LetterStatus.SENT, LetterStatus.RETRACTED})
"""Readers have it, or have had it."""
FOLLOWING: Final[Mapping[LetterStatus, frozenset[LetterStatus]]] = {
    LetterStatus.DRAFT: frozenset({LetterStatus.DRAFT, LetterStatus.SCHEDULED, LetterStatus.SENT}),
    LetterStatus.SCHEDULED: frozenset({LetterStatus.DRAFT, LetterStatus.SENT}),
    LetterStatus.SENT: frozenset({LetterStatus.RETRACTED}),
    LetterStatus.RETRACTED: frozenset(),
}
"""What each may become."""


class LinkButton(msgspec.Struct, frozen=True, kw_only=True):
    label: Private[str]
    url: Private[str]


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """The letter in one language."""

    text: Private[str]
    """with marks (`bot/texts/marks.py`)"""
    buttons: tuple[LinkButton, ...] = ()
    captions: tuple[str, ...] | None = None
    """the platforms on which it was sent as the words under a picture, and stays so; None: it was never corrected"""


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """Of what readers have; it waits for two editors."""

    texts: dict[str, Private[str]]
    """by language, in those that change"""
    approvals: tuple[EditorId, ...] = ()


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What stands above and below the text, with marks and variables; either may be empty."""

    greeting: Private[str] = Private("")
    footer: Private[str] = Private("")


class Readership(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a letter is for. None: no matter which."""

    languages: tuple[str, ...] | None = None
    """of those that it is written in"""
    topics: tuple[str, ...] | None = None
    """at least one of them is among those that the reader wants"""
    platforms: tuple[str, ...] | None = None
    rhythms: tuple[str, ...] | None = None


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed of a letter."""

    title: Private[str]
    """how editors speak of it; no reader sees it"""
    origin: str
    """the platform it was begun on: until it is sent, editors see it there only"""
    editions: dict[str, Edition] = {}
    """by language"""
    pictures: tuple[Attachment, ...] = ()
    template: Private[str] | None = None
    """the name of the one that `frames` was copied from: what becomes of it later changes no letter"""
    frames: dict[str, Frame] = {}
    """by language"""
    readership: Readership = Readership()
    content: int = 0
    """counts every change of what would be sent, to whom, or of a correction: an approval is of one of them"""
    approvals: tuple[EditorId, ...] = ()
    goes_out: int | None = None
    """the second at which a scheduled letter is sent"""
    sender: EditorId | None = None
    """who has sent it, or has chosen its time"""
    retracts: EditorId | None = None
    """the first of the two who take it back"""
    correction: Correction | None = None
    card: AnchorId
    is_shown: bool = False
    """it has a card in the editors' room"""

    @property
    def languages(self) -> tuple[str, ...]:
        """In which it goes out."""
        wanted = self.readership.languages
        return tuple(one for one in self.editions if wanted is None or one in wanted)


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    id: LetterId
    status: LetterStatus
    since: date
    """day of its last change; on which it was sent, or taken back"""
    revision: int
    key_id: KeyId
    details: Details


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A greeting and a footer that letters take over."""

    id: TemplateId
    revision: int
    key_id: KeyId
    name: Private[str]
    frames: dict[str, Frame]
    """by language"""
