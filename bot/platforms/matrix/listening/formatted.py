"""The formatting that somebody's client gave their words, as marks (`bot/texts/marks.py`)."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import msgspec
import nh3

from bot.texts.marks import marks_of
from bot.texts.rich import PLAIN, Rich, Span, Style, is_link
from storage.private import Private

_STYLES = {
    "strong": Style(bold=True),
    "b": Style(bold=True),
    "em": Style(italic=True),
    "i": Style(italic=True),
    "code": Style(code=True),
    "blockquote": Style(quote=True),
}
_ENDS = {"br": "\n", "p": "\n\n", "div": "\n", "li": "\n", "blockquote": "\n\n"}
_TAGS = {*_STYLES, *_ENDS, "a"}
_SPACES = re.compile(r"[ \t]*\n[ \t]*")


def marked(formatted: str) -> Private[str] | None:
    """None when there is nothing in it that we know."""
    cleaned = nh3.clean(
        formatted,
        tags=_TAGS,
        clean_content_tags={"script", "style", "mx-reply"},
        attributes={"a": {"href"}},
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(cleaned)
    reader.close()
    rich = Rich(tuple(reader.spans))
    if all(span.style == PLAIN for span in rich.spans):
        return None
    return Private(re.sub(r"\n{3,}", "\n\n", _SPACES.sub("\n", marks_of(rich))).strip())


class _Reader(HTMLParser):
    """Of HTML that nh3 has cleaned: every tag is closed, and in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.spans: list[Span] = []
        self._open: list[Style] = [PLAIN]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.spans.append(Span("\n", msgspec.structs.replace(self._open[-1], link=None)))
            return
        link = next((value for name, value in attrs if name == "href" and value is not None and is_link(value)), None)
        style = Style(link=link) if tag == "a" else _STYLES.get(tag, PLAIN)
        self._open.append(self._open[-1].over(style))

    def handle_endtag(self, tag: str) -> None:
        if tag == "br" or len(self._open) == 1:
            return
        self._open.pop()
        if tag in _ENDS:
            self.spans.append(Span(_ENDS[tag], PLAIN))

    def handle_data(self, data: str) -> None:
        if data.isspace() and "\n" in data:  # between tags, for nobody's eyes
            return
        self.spans.append(Span(data.replace("\n", " "), self._open[-1]))
