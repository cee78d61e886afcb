"""Formatting that is typed: what an editor writes, and the other way round what a messenger's formatting reads as.

**bold**   __italic__   `code`   [words](https://…)   a line that begins with "> " is quoted
\\* and the like: the sign itself
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from bot.texts.rich import PLAIN, Rich, Span, Style, is_link

_SIGN = re.compile(
    r"\\(?P<literal>[\\*_`\[\]>])|(?P<mark>\*\*|__|`)|\[(?P<label>(?:\\.|[^\[\]\\])+)\]\((?P<url>[^()\s]*)\)"
)
_IN_CODE = re.compile(r"\\(?P<literal>[\\*_`\[\]>])|(?P<mark>`)")
_SPECIAL = re.compile(r"[\\*_`\[\]]")
_ATTRIBUTES = {"**": "bold", "__": "italic", "`": "code"}
_NEAR = 40


class Fault(StrEnum):
    OPEN = "open"
    """a mark is never closed"""
    LINK = "link"
    """an address does not begin with https:// or http://"""


class MarksError(ValueError):
    """The marks of a text are wrong. `near`: the line where, shortened; it is somebody's text."""

    def __init__(self, fault: Fault, near: str) -> None:
        super().__init__(f"marks: {fault}")
        self.fault = fault
        self.near = near if len(near) <= _NEAR else near[: _NEAR - 1] + "…"


def parse_marks(text: str) -> Rich:
    """Raises MarksError."""
    return _Reader().read(text)


def marks_of(rich: Rich) -> str:
    """What `parse_marks` reads as the same, but that a quotation within a line counts from the line's beginning on."""
    lines: list[str] = []
    start, text = 0, rich.text
    for line in text.split("\n"):
        piece = rich[start : start + len(line)]
        quoted = bool(piece) and piece.spans[0].style.quote
        marked = "".join(_marked(span) for span in piece.spans)
        lines.append("> " + marked if quoted else re.sub(r"\A>", r"\\>", marked))
        start += len(line) + 1
    return "\n".join(lines)


class _Reader:
    def __init__(self) -> None:
        self._style = PLAIN
        self._opened: dict[str, str] = {}
        """mark → the line that it was opened in"""

    def read(self, text: str) -> Rich:
        spans: list[Span] = []
        was_quoted = False
        for number, line in enumerate(text.split("\n")):
            quoted = line.startswith("> ") or line == ">"
            if number:
                spans.append(Span("\n", Style(quote=quoted and was_quoted).over(self._style)))
            spans += Rich(tuple(self._line(line[2:] if quoted else line, line))).styled(Style(quote=quoted)).spans
            was_quoted = quoted
        if self._opened:
            raise MarksError(Fault.OPEN, next(iter(self._opened.values())))
        return Rich(tuple(spans))

    def _line(self, text: str, whole: str) -> Iterator[Span]:
        position = 0
        while found := (_IN_CODE if self._style.code else _SIGN).search(text, position):
            yield Span(text[position : found.start()], self._style)
            position = found.end()
            groups = found.groupdict()
            if groups["literal"] is not None:
                yield Span(groups["literal"], self._style)
            elif groups["mark"] is not None:
                self._toggle(groups["mark"], whole)
            else:
                if not is_link(groups["url"]):
                    raise MarksError(Fault.LINK, groups["url"] or whole)
                label = Rich(tuple(self._line(groups["label"], whole)))
                yield from label.styled(Style(link=groups["url"])).spans
        yield Span(text[position:], self._style)

    def _toggle(self, mark: str, whole: str) -> None:
        name = _ATTRIBUTES[mark]
        if self._opened.pop(mark, None) is None:
            self._opened[mark] = whole
        self._style = msgspec.structs.replace(self._style, **{name: not getattr(self._style, name)})


def _marked(span: Span) -> str:
    text, style = _SPECIAL.sub(r"\\\g<0>", span.text), span.style
    for mark, name in reversed(_ATTRIBUTES.items()):
        text = f"{mark}{text}{mark}" if getattr(style, name) else text
    if style.link is not None:
        url = style.link.replace("(", "%28").replace(")", "%29")
        text = f"[{text}]({url})"
    return text
