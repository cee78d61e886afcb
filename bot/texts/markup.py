"""The little markup of our .ftl files: <b>, <i>, <code>, <q> and <a href="https://…">."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.texts.rich import PLAIN, Rich, Span, Style, is_link

# Arguments stand in the formatted sentence as ⟨U+E000⟩number⟨U+E001⟩ and are put in only after the markup was
# read. So nothing a person typed is ever parsed, and these two characters may occur in people's texts too.
_OPEN, _CLOSE = "\ue000", "\ue001"
_SLOT = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_TOKEN = re.compile(rf'{_SLOT.pattern}|<(/?)([A-Za-z][A-Za-z0-9]*)(?:\s+href="([^"<>]*)")?\s*>|(</?[A-Za-z!])')
_STYLES = {"b": Style(bold=True), "i": Style(italic=True), "code": Style(code=True), "q": Style(quote=True)}


class MarkupError(ValueError):
    """The markup of one of our own sentences is wrong; the message says how and shows no argument."""


def slot(number: int) -> str:
    """The mark that `parse` replaces with `slots[number]`."""
    return f"{_OPEN}{number}{_CLOSE}"


def parse(source: str, slots: Sequence[Rich] = ()) -> Rich:
    """Our markup to rich text, each slot filled literally. Raises MarkupError."""
    spans: list[Span] = []
    open_tags: list[tuple[str, Style]] = [("", PLAIN)]
    position = 0
    for token in _TOKEN.finditer(source):
        style = open_tags[-1][1]
        spans.append(Span(source[position : token.start()], style))
        position = token.end()
        number, closing, name, href, stray = token.groups()
        if number is not None:
            spans.extend(slots[int(number)].styled(style).spans)
        elif stray is not None:
            raise MarkupError("a < begins something that is no tag of ours")
        elif not closing:
            _refuse_nesting(name, open_tags)
            open_tags.append((name, style.over(_style(name, href, slots))))
        elif href is not None or open_tags.pop()[0] != name or not open_tags:
            raise MarkupError(f"</{name}> closes nothing that is open here")
    if len(open_tags) > 1:
        raise MarkupError(f"<{open_tags[-1][0]}> is never closed")
    spans.append(Span(source[position:]))
    return Rich(tuple(spans))


def _refuse_nesting(name: str, open_tags: Sequence[tuple[str, Style]]) -> None:
    if name in (tag for tag, _ in open_tags):
        raise MarkupError(f"<{name}> stands inside <{name}>")


def _style(name: str, href: str | None, slots: Sequence[Rich]) -> Style:
    if name == "a" and href is not None:
        url = _SLOT.sub(lambda found: slots[int(found[1])].text, href)
        # The address may hold an argument, so it is checked once filled.
        if not (is_link(url) and url.lower().startswith("https://")):
            raise MarkupError("the address of <a> must begin with https:// and hold no spaces")
        return Style(link=url)
    if name not in _STYLES or href is not None:
        raise MarkupError(f"<{name}> is no tag of ours")
    return _STYLES[name]
