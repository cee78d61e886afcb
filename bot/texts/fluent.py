"""Everything the program says comes from .ftl files, one folder a language."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NewType

import msgspec
from babel import Locale, UnknownLocaleError
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot.texts.arguments import Argument, fluent_value
from bot.texts.entries import slices
from bot.texts.markup import MarkupError, parse
from bot.texts.phrasebook import Phrasebook
from bot.texts.rich import Rich

log = logging.getLogger(__name__)

Language = NewType("Language", str)
"""A language there are texts in: "ru", "en". `Texts.pick` and `Texts.languages` make them."""

FALLBACK_KEY = "text-missing"
"""The calm sentence said when the wanted one can't be. The default language must have it."""

PLATFORM = "platform"
"""The one argument that every sentence has without being given it: by which messenger it is said, "" for none. So
what is true on one only, or is done another way there, is a matter of the texts alone.
"""

# CLDR's plain English writes "March 5"; our readers' English is European: "5 March".
_LOCALES = {"en": "en-GB"}


class TextsError(Exception):
    """The texts can't be used; the message names the file, what is wrong and what to do."""


class Message(msgspec.Struct, frozen=True):
    """A sentence to be said, before its language is known. `repr` shows key and names of arguments."""

    key: str
    args: tuple[tuple[str, Argument], ...] = ()

    def __repr__(self) -> str:
        return f"Message({', '.join([self.key, *(name for name, _ in self.args)])})"


def msg(key: str, /, **args: Argument) -> Message:
    """`msg("story-received", count=3)`; in the file the argument is `{ $count }`."""
    return Message(key, tuple(args.items()))


class Texts:
    """The sentences of all languages.

    Texts given as arguments are shown literally, whatever markup they seem to hold. A date is said as
    "5 марта", a datetime as "5 марта, 18:30" (as it is: the caller has put it into the reader's time zone);
    with the year: `{ DATETIME($day, dateStyle: "long") }`. Whole numbers are grouped: write a year as a text.
    """

    def __init__(self, books: Mapping[Language, Phrasebook], default: Language, *, strict: bool) -> None:
        self._books = dict(books)
        self._default = default
        self._strict = strict
        self.languages: tuple[Language, ...] = (default, *sorted(set(books) - {default}))

    @classmethod
    def load(cls, folders: Sequence[Path], default: str = "ru", *, strict: bool = False) -> Texts:
        """Reads `<folder>/<language>/*.ftl` of each folder, once.

        Strict texts raise TextsError where others fall back, also for a file that Fluent can't read: tests use
        them. Raises TextsError always for a key that is there twice, an unknown language or no texts in the default
        language.
        """
        books: dict[Language, Phrasebook] = {}
        seen: dict[tuple[str, str], Path] = {}
        for path in sorted(path for folder in folders for path in folder.glob("*/*.ftl")):
            language, source = Language(path.parent.name), path.read_text("utf-8")
            if strict:
                _check(path, source)
            if language not in books:
                books[language] = Phrasebook(_locale(language, path))
            for name, entry in slices(source):
                if (language, name) in seen:
                    raise TextsError(f"{path}: {name} is in {seen[language, name]} too: remove one of the two.")
                seen[language, name] = path
                books[language].add(name, entry)
        if default not in books:
            places = ", ".join(map(str, folders))
            raise TextsError(f"No .ftl file in the default language: put one below {default}/ in {places}.")
        return cls(books, Language(default), strict=strict)

    def pick(self, language_code: str | None) -> Language:
        """The language to speak to whose device says "ru-RU": ru.

        One we don't have: English. None, as a device may say nothing and Matrix never does: the default.
        """
        if not language_code:
            return self._default
        wanted = Language(language_code.replace("_", "-").split("-")[0].lower())
        return next((one for one in (wanted, Language("en")) if one in self._books), self._default)

    def say(self, language: Language, message: Message, platform: str = "") -> Rich:
        """The sentence in that language, else in the default one, else `text-missing`.

        Never raises (unless strict), because a person is waiting; logs an error with the key alone.
        """
        for candidate in (message, Message(FALLBACK_KEY)):
            for spoken in dict.fromkeys((language, self._default)):
                said = self._try(spoken, candidate, platform)
                if said is not None:
                    return said
        return Rich.plain("…")

    def _try(self, language: Language, message: Message, platform: str) -> Rich | None:
        try:
            return self._said(language, message, platform)
        except Exception as error:
            if self._strict:
                raise TextsError(f"{message.key!r} can't be said in {language!r}: {error}") from error
            # Not the error itself: it may hold what a person wrote.
            log.error("text can't be said: key=%s language=%s", message.key, language)
            return None

    def _said(self, language: Language, message: Message, platform: str) -> Rich:
        if language not in self._books:
            raise LookupError("there is no such language")
        book = self._books[language]
        pattern = book.pattern(message.key)
        slots: list[Rich] = []
        given = (*message.args, (PLATFORM, platform))
        values = {name: fluent_value(argument, slots) for name, argument in given}
        sentence, errors = book.bundle.format_pattern(pattern, values)
        if errors or not isinstance(sentence, str):
            raise MarkupError("; ".join(map(str, errors)) or "it has no text")
        return parse(sentence, slots)


def _locale(language: str, path: Path) -> str:
    locale = _LOCALES.get(language, language)
    try:
        Locale.parse(locale.replace("-", "_"))
    except (ValueError, UnknownLocaleError) as error:
        raise TextsError(f"{path}: its folder is named {language!r}, which is no language.") from error
    return locale


def _check(path: Path, source: str) -> None:
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, ftl.Junk):
            raise TextsError(f"{path}: Fluent can't read it: {entry.annotations[0].message}")
