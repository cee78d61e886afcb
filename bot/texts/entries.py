"""The entries of .ftl files, and what they refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fluent.syntax import ast as ftl

_BEGINS = re.compile(r"^(-?[a-zA-Z][a-zA-Z0-9_-]*)[ ]*=", re.MULTILINE)
"""Whatever goes on with an entry is indented or closes a brace, so a name in the first column begins the next one."""


def slices(source: str) -> Iterator[tuple[str, str]]:
    """(key, text) of each message and, with a leading `-`, each term, in the file's order, none of them parsed."""
    begins = list(_BEGINS.finditer(source))
    ends = [*(begin.start() for begin in begins[1:]), len(source)]
    for begin, end in zip(begins, ends, strict=True):
        yield begin[1], source[begin.start() : end]


def nodes(node: ftl.BaseNode) -> Iterator[ftl.BaseNode]:
    """The node and all below it."""
    yield node
    for value in vars(node).values():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ftl.BaseNode):
                yield from nodes(child)


def referred(entry: ftl.BaseNode) -> set[str]:
    """Keys that an entry refers to; terms with their leading `-`."""
    messages = {part.id.name for part in nodes(entry) if isinstance(part, ftl.MessageReference)}
    return messages | {f"-{part.id.name}" for part in nodes(entry) if isinstance(part, ftl.TermReference)}
