"""Rich text as a value: what is said to a person, before any platform renders it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

_LINK = re.compile(r"https?://[^\s\x00-\x1f\x7f]+", re.IGNORECASE)


def is_link(url: str) -> bool:
    """Whether a person may be sent there with one tap: https and http only.

    Not mailto, of which TDLib makes http://mailto:…; write the address, clients link it by themselves.
    """
    return _LINK.fullmatch(url) is not None


class Style(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a run of characters looks. Raises ValueError for a link of another kind than `is_link` allows."""

    bold: bool = False
    italic: bool = False
    code: bool = False
    quote: bool = False  # a block quotation
    link: str | None = None

    def __post_init__(self) -> None:
        if self.link is not None and not is_link(self.link):
            raise ValueError("A link must begin with https:// or http:// and hold no spaces.")

    def over(self, inner: Style) -> Style:
        """This style laid around `inner`; the inner link wins, because links can't nest."""
        return Style(
            bold=self.bold or inner.bold,
            italic=self.italic or inner.italic,
            code=self.code or inner.code,
            quote=self.quote or inner.quote,
            link=inner.link or self.link,
        )

    def __repr__(self) -> str:
        names = [name for name in ("bold", "italic", "code", "quote") if getattr(self, name)]
        return f"Style({', '.join([*names, 'link'] if self.link else names)})"


PLAIN = Style()


class Span(msgspec.Struct, frozen=True, omit_defaults=True):
    """A run of characters in one style."""

    text: str
    style: Style = PLAIN

    def __repr__(self) -> str:
        return f"Span({len(self.text)} characters, {self.style!r})"


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    texts: list[str] = []
    style = PLAIN
    for span in spans:
        if not span.text:
            continue
        if texts and span.style != style:
            yield Span("".join(texts), style)
            texts = []
        style = span.style
        texts.append(span.text)
    if texts:
        yield Span("".join(texts), style)


class Rich(msgspec.Struct, frozen=True, omit_defaults=True):
    """Immutable rich text; msgspec encodes and decodes it (to store it in the outbox).

    Spans are kept canonical (none empty, neighbours differ in style), so equal looks are equal values.
    `len` and slices count code points. `repr` shows lengths only: the text may be somebody's story.
    """

    spans: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "spans", tuple(_merged(self.spans)))

    @staticmethod
    def plain(text: str) -> Rich:
        return Rich((Span(text),))

    @staticmethod
    def join(separator: Rich | str, parts: Iterable[Rich | str]) -> Rich:
        between = _rich(separator).spans
        spans: list[Span] = []
        for number, part in enumerate(parts):
            if number:
                spans.extend(between)
            spans.extend(_rich(part).spans)
        return Rich(tuple(spans))

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    @property
    def utf16_length(self) -> int:
        """In UTF-16 code units, the measure of Telegram's limits and offsets."""
        return sum(utf16_length(span.text) for span in self.spans)

    def styled(self, style: Style) -> Rich:
        """The same text with `style` laid around what it has."""
        return Rich(tuple(Span(span.text, style.over(span.style)) for span in self.spans))

    def __len__(self) -> int:
        return sum(len(span.text) for span in self.spans)

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __add__(self, other: Rich | str) -> Rich:
        return Rich(self.spans + _rich(other).spans)

    def __getitem__(self, piece: slice) -> Rich:
        start, stop, step = piece.indices(len(self))
        if step != 1:
            raise ValueError("Rich text can be sliced with a step of 1 only.")
        spans: list[Span] = []
        position = 0
        for span in self.spans:
            here = span.text[max(start - position, 0) : max(stop - position, 0)]
            spans.append(Span(here, span.style))
            position += len(span.text)
        return Rich(tuple(spans))

    def __repr__(self) -> str:
        return f"Rich({len(self)} characters, {len(self.spans)} spans)"


def utf16_length(text: str) -> int:
    """UTF-16 code units: characters beyond U+FFFF count two, a lone surrogate one."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _rich(text: Rich | str) -> Rich:
    return Rich.plain(text) if isinstance(text, str) else text


def bold(text: Rich | str) -> Rich:
    return _rich(text).styled(Style(bold=True))


def italic(text: Rich | str) -> Rich:
    return _rich(text).styled(Style(italic=True))


def code(text: Rich | str) -> Rich:
    return _rich(text).styled(Style(code=True))


def quote(text: Rich | str) -> Rich:
    """A block quotation: put line breaks around it, platforms begin it on a line of its own."""
    return _rich(text).styled(Style(quote=True))


def link(text: Rich | str, url: str) -> Rich:
    """Raises ValueError unless `is_link(url)`."""
    return _rich(text).styled(Style(link=url))
