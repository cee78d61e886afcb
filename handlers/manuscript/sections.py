"""The form of a story's text: a line that begins with "# " is the title of what follows.

One text, not a list of records: authors, editors and cuts all work on the same characters, and a text that an editor
sends as a message needs nothing but that sign.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bot.texts.rich import Rich, bold
from storage.private import Private

_SIGN = "# "


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """`title` is empty for what stands before the first title, and for a story without any."""

    title: Private[str]
    text: Private[str]


def written(sections: Iterable[Section]) -> Private[str]:
    """The sections as one text; one that says nothing is left out, with its title."""
    parts = []
    for section in sections:
        title, text = section.title.reveal().strip(), section.text.reveal().strip()
        if text:
            parts.append(f"{_SIGN}{title}\n{text}" if title else text)
    return Private("\n\n".join(parts))


def sections_of(text: Private[str]) -> tuple[Section, ...]:
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in text.reveal().split("\n"):
        if line.startswith(_SIGN):
            found.append((without_sign(line), []))
        else:
            found[-1][1].append(line)
    return tuple(
        Section(title=Private(title), text=Private("\n".join(lines).strip()))
        for title, lines in found
        if title or "".join(lines).strip()
    )


def without_sign(line: str) -> str:
    """A title as it is read; any other line as it is."""
    return line.removeprefix(_SIGN).strip()


def shown(text: Private[str]) -> Rich:
    """As readers see it: titles in bold, without the sign."""
    parts: list[Rich] = []
    for section in sections_of(text):
        words = Rich.plain(section.text.reveal())
        parts.append(bold(section.title.reveal()) + "\n" + words if section.title.reveal() else words)
    return Rich.join("\n\n", parts)
