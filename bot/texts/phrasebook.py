"""One language's sentences, each parsed when it is first said: parsing all of them was a third of a start."""

from __future__ import annotations

from fluent.runtime import FluentBundle
from fluent.runtime.resolver import Pattern
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot.texts.arguments import fluent_datetime
from bot.texts.entries import referred


class Phrasebook:
    """`locale` as CLDR names it: "ru", "en-GB"."""

    def __init__(self, locale: str) -> None:
        # Isolating marks around arguments would be copied along with codes and links, which then don't work.
        self.bundle = FluentBundle([locale], functions={"DATETIME": fluent_datetime}, use_isolating=False)
        self._unread: dict[str, str] = {}

    def add(self, key: str, source: str) -> None:
        self._unread[key] = source

    def pattern(self, key: str) -> Pattern:
        """Of a message, with all that it refers to at hand. Raises LookupError when there is none."""
        self._read(key)
        if not self.bundle.has_message(key):
            raise LookupError("there is no such key")
        pattern = self.bundle.get_message(key).value
        if pattern is None:
            raise LookupError("it has attributes only")
        return pattern

    def _read(self, key: str) -> None:
        source = self._unread.pop(key, None)
        if source is None:
            return
        entry = FluentParser().parse_entry(source)
        self.bundle.add_resource(ftl.Resource([entry]))
        for name in referred(entry):
            self._read(name)
