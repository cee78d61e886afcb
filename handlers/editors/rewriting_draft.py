"""A version that an editor is writing: its parts so far, and the text that comes of them."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.texts.fluent import Message
from handlers.editors.opened import Looking
from handlers.manuscript.sections import Section, written
from handlers.written import Written, whole
from storage.ids import StoryId
from storage.private import Private

WHOLE = -1


class Rewriting(msgspec.Struct, frozen=True, kw_only=True):
    story: StoryId = StoryId(b"")
    looking: Looking | None = None
    base: int = 0
    """the version that the editor has before their eyes"""
    section: int = WHOLE
    """which one is written anew, from 0"""
    title: Private[str] = Private("")
    """of that section: it is found again by it when a colleague has saved another version meanwhile"""
    parts: tuple[Written, ...] = ()

    @property
    def text(self) -> Private[str]:
        return whole(self.parts)


@dataclass(frozen=True, kw_only=True)
class Present:
    version: int
    moment: str
    undoes: Message | None
    """how the story stands, when it has gone further than a new version would leave it"""
    text: Private[str]
    sections: tuple[Section, ...]


def place_of(draft: Rewriting, present: Present) -> int | None:
    """Where the section stands now; None when it is gone."""
    if draft.section == WHOLE:
        return WHOLE
    titles = [section.title for section in present.sections]
    if draft.section < len(titles) and titles[draft.section] == draft.title:
        return draft.section
    return titles.index(draft.title) if draft.title in titles else None


def whole_text(draft: Rewriting, present: Present) -> Private[str]:
    """The text as it would be saved."""
    place = place_of(draft, present)
    if place is None or place == WHOLE:
        return draft.text
    sections = list(present.sections)
    sections[place] = msgspec.structs.replace(sections[place], text=draft.text)
    return written(sections)
