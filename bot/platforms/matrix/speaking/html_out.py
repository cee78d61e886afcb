"""Rich text as a Matrix message says it: `body` for clients without formatting, `formatted_body` for the others.

Only tags that every client must know (Client-Server API 1.16, m.room.message msgtypes, org.matrix.custom.html).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import groupby

from bot.texts.render import plain
from bot.texts.rich import PLAIN, Rich, Span

_UNSPEAKABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What HTML has no place for: control characters but tab and line break, halves of characters, non-characters."""
_IN_LINKS = {ord(letter): f"%{ord(letter):02X}" for letter in "\"<>\\`'{}|^"}
# From the outside in, because tags must nest. A quotation comes before all of them.
_LEVELS = (("link", "a"), ("bold", "strong"), ("italic", "em"), ("code", "code"))


def body(rich: Rich) -> str:
    return _sound(plain(rich))


def formatted_body(rich: Rich) -> str | None:
    """Well-formed HTML; None: there is nothing that `body` doesn't say as well."""
    if all(span.style == PLAIN for span in rich.spans):
        return None
    blocks: list[str] = []
    quoted_before = False
    for quoted, group in groupby(rich.spans, key=lambda span: span.style.quote):
        spans = list(group)
        if quoted or quoted_before:  # the quotation's own line breaks: the block makes them by itself
            spans = _trimmed(spans, before=quoted or quoted_before, after=quoted)
        inner = _inline(spans, 0)
        blocks.append(f"<blockquote>{inner}</blockquote>" if quoted else inner)
        quoted_before = quoted
    return "".join(_without_breaks_before_quotations(blocks))


def _inline(spans: Sequence[Span], level: int) -> str:
    if level == len(_LEVELS):
        return _escaped("".join(span.text for span in spans)).replace("\n", "<br>")
    attribute, tag = _LEVELS[level]
    parts = []
    for value, group in groupby(spans, key=lambda span: getattr(span.style, attribute)):
        inner = _inline(list(group), level + 1)
        opening = f'a href="{_escaped(str(value).translate(_IN_LINKS))}"' if attribute == "link" else tag
        parts.append(f"<{opening}>{inner}</{tag}>" if value and inner else inner)
    return "".join(parts)


def _trimmed(spans: list[Span], *, before: bool, after: bool) -> list[Span]:
    """Without one line break at the ends that are named."""
    if spans and before:
        spans = [Span(spans[0].text.removeprefix("\n"), spans[0].style), *spans[1:]]
    if spans and after:
        spans = [*spans[:-1], Span(spans[-1].text.removesuffix("\n"), spans[-1].style)]
    return spans


def _without_breaks_before_quotations(blocks: list[str]) -> list[str]:
    following = [*blocks[1:], ""]
    return [
        block.removesuffix("<br>") if after.startswith("<blockquote>") else block
        for block, after in zip(blocks, following, strict=True)
    ]


def _escaped(text: str) -> str:
    """As HTML is written out by its own rules (HTML standard, serialising fragments), so that a cleaner changes
    nothing in it."""
    return escape(_sound(text), quote=False).replace("\u00a0", "&nbsp;")


def _sound(text: str) -> str:
    return _UNSPEAKABLE.sub("\ufffd", text.replace("\r\n", "\n"))
