"""The formatting that somebody gave their words in Telegram, as marks (`bot/texts/marks.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from telegram import MessageEntity

from bot.texts.marks import marks_of
from bot.texts.rich import PLAIN, Rich, Span, Style, is_link
from storage.private import Private

_STYLES = {
    MessageEntity.BOLD: Style(bold=True),
    MessageEntity.ITALIC: Style(italic=True),
    MessageEntity.CODE: Style(code=True),
    MessageEntity.PRE: Style(code=True),
    MessageEntity.BLOCKQUOTE: Style(quote=True),
    MessageEntity.EXPANDABLE_BLOCKQUOTE: Style(quote=True),
}


def marked(text: str | None, entities: Sequence[MessageEntity]) -> Private[str] | None:
    """None when there is none that we know."""
    styles = [(entity, style) for entity in entities if (style := _style(entity)) is not None]
    if not text or not styles:
        return None
    units = text.encode("utf-16-le", "surrogatepass")
    edges = {0, len(units) // 2}
    for entity, _ in styles:
        edges |= {min(entity.offset, len(units) // 2), min(entity.offset + entity.length, len(units) // 2)}
    places = sorted(edges)
    spans = []
    for start, end in pairwise(places):
        style = PLAIN
        for entity, around in styles:
            if entity.offset <= start and end <= entity.offset + entity.length:
                style = around.over(style)
        spans.append(Span(units[2 * start : 2 * end].decode("utf-16-le", "replace"), style))
    return Private(marks_of(Rich(tuple(spans))))


def _style(entity: MessageEntity) -> Style | None:
    if entity.type == MessageEntity.TEXT_LINK:
        return Style(link=entity.url) if entity.url is not None and is_link(entity.url) else None
    return _STYLES.get(entity.type)
