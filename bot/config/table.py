"""One table of the config file. Every problem is collected, so that one look mends them all. No value is ever shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

import msgspec

from bot.observe.redact import redact

T = TypeVar("T")
_TYPES: dict[type, str] = {
    str: "text in quotes",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    dict: "a table",
}
_LONGEST_NAME = 40


class Table:
    def __init__(self, file: Path, name: str, raw: dict[str, object], problems: list[str]) -> None:
        self.file = file
        self._name = name
        self._raw = raw
        self._problems = problems
        self._known: list[str] = []

    def __contains__(self, key: str) -> bool:
        return key in self._raw

    @property
    def folder(self) -> Path:
        """What relative paths count from."""
        return self.file.parent

    def take(self, key: str, kind: type[T]) -> T | None:
        """None when it is missing, or of another type: then that is noted."""
        self._known.append(key)
        if key not in self._raw:
            return None
        try:
            value = msgspec.convert(self._raw[key], kind)
        except msgspec.ValidationError:
            self.problem(key, f"must be {_TYPES[kind]}.")
            return None
        if value == "":
            self.problem(key, "is empty: give it a value, or remove the line.")
            return None
        return value

    def take_word(self, key: str, words: Sequence[str]) -> str | None:
        """One of these words."""
        value = self.take(key, str)
        if value is None or value in words:
            return value
        self.problem(key, f"must be one of {', '.join(words)}{_meant(value, words)}.")
        return None

    def take_chat(self, key: str) -> str | None:
        """A chat's id (a number) or its public @name."""
        self._known.append(key)
        value = self._raw.get(key)
        if value is None:
            return None
        text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if text.startswith("@") and text[1:].isascii() and text[1:].isidentifier() and len(text) >= 5:
            return text
        if text.removeprefix("-").isdecimal() and text.isascii():
            return text
        self.problem(key, 'must be the chat\'s id, a number like -1001234567890, or its public name, "@name".')
        return None

    def path(self, key: str) -> Path | None:
        value = self.take(key, str)
        return None if value is None else self.folder / Path(value).expanduser()

    def finish(self) -> None:
        """Notes the keys that nobody has asked for."""
        for key in self._raw:
            if key not in self._known:
                self.problem(key, f"there is no such key{_meant(key, self._known)}: correct or remove it.")

    def names(self) -> list[str]:
        return list(self._raw)

    def problem(self, key: str, what: str) -> None:
        # A secret that was put left of the = by mistake must not be shown either.
        name = redact(" ".join(key.split()))[:_LONGEST_NAME]
        place = f"[{self._name}] {name}" if self._name else name
        self._problems.append(f"{self.file}: {place}: {what}")


def _meant(given: str, known: Iterable[str]) -> str:
    close = get_close_matches(given.lower(), list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""
