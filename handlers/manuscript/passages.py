"""A passage of a text, as a person copied it from there: its words stand in that order, however they are spaced."""

from __future__ import annotations

import re

from storage.private import Private


def pattern_of(passage: Private[str]) -> str:
    """A regular expression that finds it; empty when there is no word in it."""
    return r"\s+".join(map(re.escape, passage.reveal().split()))


def stands(text: Private[str], passage: Private[str]) -> bool:
    sought = pattern_of(passage)
    return bool(sought) and re.search(sought, text.reveal()) is not None


def replaced(text: Private[str], passage: Private[str], replacement: Private[str]) -> Private[str]:
    """In every place where it stands."""
    sought = pattern_of(passage)
    if not sought:
        return text
    return Private(re.sub(sought, lambda _found: replacement.reveal(), text.reveal()))
