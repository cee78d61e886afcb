"""Long texts in pieces that a platform takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.texts.graphemes import boundary
from bot.texts.rich import Rich, Span

_SENTENCE_END = re.compile(r"[.!?…]+[\"'»”’)\]]*|[。！？]+")


def split(rich: Rich, limit: int = 4096) -> list[Rich]:
    """Pieces of at most `limit` UTF-16 units each (Telegram: 4096 for texts, 1024 for captions).

    The law: the pieces are slices of `rich`, in its order, each character with its style; between them,
    before the first and after the last nothing is left out but white space; none is blank, so a blank text
    gives no piece.
    Cuts at the end of a paragraph, else a line, else a sentence, if that fills half of the piece; else
    between words; else between graphemes. Only a grapheme longer than `limit` is cut, between its characters.
    Takes time linear in the text's length. Raises ValueError for a limit below 2.
    """
    if limit < 2:
        raise ValueError("A limit below 2 has no room for an emoji.")
    return list(_slices(rich, list(_ranges(rich.text, limit))))


def _ranges(text: str, limit: int) -> Iterator[tuple[int, int]]:
    start, end = 0, len(text)
    while end and _gap(text, end - 1):
        end -= 1
    while True:
        while start < end and _gap(text, start):
            start += 1
        if start >= end:
            return
        stop = _window(text, start, limit)
        stop = following = end if stop >= end else _cut(text, start, stop)
        while _gap(text, stop - 1):
            stop -= 1
        if text[start:stop].strip():  # half of an over-long grapheme may be white space
            yield start, stop
        start = following


def _gap(text: str, at: int) -> bool:
    """White space that may be left out: it carries no accent."""
    return text[at].isspace() and boundary(text, at + 1)


def _window(text: str, start: int, limit: int) -> int:
    """The furthest index so that the text up to it is within the limit."""
    units = text[start : start + limit].encode("utf-16-le", "surrogatepass")[: 2 * limit]
    if 0xD8 <= units[-1] <= 0xDB:
        units = units[:-2]
    return start + len(units.decode("utf-16-le", "surrogatepass"))


def _cut(text: str, start: int, stop: int) -> int:
    """Where the piece that begins at `start` ends, at most at `stop`; text goes on after that."""
    half = start + (stop - start + 1) // 2
    for line_end in ("\n\n", "\n"):
        if (at := text.rfind(line_end, half, stop + len(line_end))) > start:
            return at
    sentences = [at for end in _SENTENCE_END.finditer(text, half, stop) if _ends(text, at := end.end())]
    if sentences:
        return sentences[-1]
    for at in range(stop, start, -1):
        if _gap(text, at):
            return at
    for at in range(stop, start, -1):
        if boundary(text, at, start):
            return at
    return stop


def _ends(text: str, at: int) -> bool:
    return _gap(text, at) or (text[at - 1] in "。！？" and boundary(text, at))


def _slices(rich: Rich, ranges: Sequence[tuple[int, int]]) -> Iterator[Rich]:
    """All slices in one walk over the spans; slicing `rich` once for each would not be linear."""
    number, position = 0, 0  # the current span and where it begins
    for start, stop in ranges:
        spans: list[Span] = []
        while position < stop:
            span = rich.spans[number]
            spans.append(Span(span.text[max(start - position, 0) : stop - position], span.style))
            if position + len(span.text) > stop:
                break
            position += len(span.text)
            number += 1
        yield Rich(tuple(spans))
