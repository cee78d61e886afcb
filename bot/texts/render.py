"""Rich text for the places where it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Literal

import msgspec

from bot.texts.rich import Rich, Span, Style, utf16_length

EntityType = Literal["blockquote", "text_link", "bold", "italic", "code"]


class Entity(msgspec.Struct, frozen=True):
    """Telegram's MessageEntity: offset and length in UTF-16 units; `url` for a text_link only."""

    type: EntityType
    offset: int
    length: int
    url: str | None = None


# From the outside in. Entities that overlap must nest (Bot API, MessageEntity), as must tags.
_LEVELS: tuple[tuple[EntityType, str], ...] = (
    ("blockquote", "quote"),
    ("text_link", "link"),
    ("bold", "bold"),
    ("italic", "italic"),
    ("code", "code"),
)
_TAGS: dict[EntityType, str] = {"bold": "strong", "italic": "em", "code": "code"}


def telegram_entities(rich: Rich) -> tuple[str, list[Entity]]:
    """The text and its entities as Telegram would keep them, so that offsets stay true on its side.

    Telegram trims white space at both ends; no entity begins or ends with white space or is empty. Code
    stands alone (the Bot API lets nothing be around it but a quotation), yet a link that is code stays a
    link.
    """
    text = rich.text
    start = len(text) - len(text.lstrip())
    trimmed = rich[start : max(len(text.rstrip()), start)]
    spans = [Span(span.text, _for_telegram(span.style)) for span in trimmed.spans]
    return trimmed.text, sorted(_entities(spans, 0, 0), key=lambda entity: (entity.offset, -entity.length))


def html(rich: Rich) -> str:
    """Well-formed HTML: <p> with <br>, <blockquote>, <strong>, <em>, <code>, <a>; everything else escaped."""
    blocks: list[str] = []
    for quoted, spans in groupby(rich.spans, key=lambda span: span.style.quote):
        paragraphs = "".join(f"<p>{_inline(part.spans, 1)}</p>" for part in _paragraphs(Rich(tuple(spans))))
        if paragraphs:
            blocks.append(f"<blockquote>{paragraphs}</blockquote>" if quoted else paragraphs)
    return "".join(blocks)


def plain(rich: Rich) -> str:
    """For places without any formatting: addresses in brackets, quoted lines after "> "."""
    parts: list[str] = []
    for quoted, block in groupby(rich.spans, key=lambda span: span.style.quote):
        text = ""
        for url, spans in groupby(block, key=lambda span: span.style.link):
            shown = "".join(span.text for span in spans)
            text += shown if url in {None, shown} else f"{shown} ({url})"
        parts.append("> " + text.replace("\n", "\n> ") if quoted else text)
    return "".join(parts)


def _for_telegram(style: Style) -> Style:
    if style.code and style.link is None:
        return Style(code=True, quote=style.quote)
    return msgspec.structs.replace(style, code=False)


def _entities(spans: Sequence[Span], level: int, offset: int) -> Iterator[Entity]:
    if level == len(_LEVELS):
        return
    kind, attribute = _LEVELS[level]
    for value, group in groupby(spans, key=lambda span: getattr(span.style, attribute)):
        members = list(group)
        text = "".join(span.text for span in members)
        if value and (core := text.strip()):
            indent = utf16_length(text[: len(text) - len(text.lstrip())])
            yield Entity(kind, offset + indent, utf16_length(core), value if kind == "text_link" else None)
        yield from _entities(members, level + 1, offset)
        offset += utf16_length(text)


def _paragraphs(rich: Rich) -> Iterator[Rich]:
    text = rich.text
    start = 0
    for gap in re.finditer(r"\n\s*\n|\Z", text):
        part = rich[start : gap.start()]
        core = part.text.strip()
        if core:
            left = len(part.text) - len(part.text.lstrip())
            yield part[left : left + len(core)]
        start = gap.end()


def _inline(spans: Sequence[Span], level: int) -> str:
    if level == len(_LEVELS):
        return escape("".join(span.text for span in spans)).replace("\n", "<br>")
    kind, attribute = _LEVELS[level]
    parts: list[str] = []
    for value, group in groupby(spans, key=lambda span: getattr(span.style, attribute)):
        inner = _inline(list(group), level + 1)
        if value and kind == "text_link":
            inner = f'<a href="{escape(value)}">{inner}</a>'
        elif value:
            inner = f"<{_TAGS[kind]}>{inner}</{_TAGS[kind]}>"
        parts.append(inner)
    return "".join(parts)
