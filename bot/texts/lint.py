"""Looks through the .ftl files: `python -m bot.texts.lint PATH…`, exit 1 when something was found.

The Russian texts are the source. English says all of it; other languages at least what somebody sees who only reads.
A file that is there must say all that its Russian counterpart says, with the same arguments.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel import Locale, UnknownLocaleError
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot.texts.fluent import FALLBACK_KEY
from bot.texts.sentences import faults, references, variables
from bot.texts.uses import uses

SOURCE = "ru"
COMPLETE = frozenset({"en"})
"""Languages that say all that the source says."""
READERS = frozenset({"data.ftl", "deleting.ftl", "framework.ftl", "home.ftl", "reader.ftl", "rhythm.ftl", "topics.ftl"})
"""The files that every language needs."""


@dataclass(frozen=True, kw_only=True, order=True)
class Finding:
    file: Path
    line: int  # from 1
    key: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.what}"


@dataclass(frozen=True, kw_only=True)
class _Place:
    file: Path
    line: int

    def finding(self, key: str, what: str) -> Finding:
        return Finding(file=self.file, line=self.line, key=key, what=what)


class _Language:
    """All entries of one language and where they stand."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.entries: dict[str, ftl.Message | ftl.Term] = {}
        self.places: dict[str, _Place] = {}

    def read(self, file: Path) -> Iterator[Finding]:
        source = file.read_text("utf-8")
        for entry in FluentParser().parse(source).body:
            place = _Place(file=file, line=source.count("\n", 0, entry.span.start if entry.span else 0) + 1)
            if isinstance(entry, ftl.Junk):
                yield place.finding("-", f"Fluent can't read this: {entry.annotations[0].message}")
            elif isinstance(entry, ftl.Message | ftl.Term):
                key = ("-" if isinstance(entry, ftl.Term) else "") + entry.id.name
                if key in self.entries:
                    yield place.finding(key, f"is in {self.places[key].file} too")
                else:
                    self.entries[key] = entry
                    self.places[key] = place

    def messages(self, file: Path) -> list[str]:
        """Keys without terms: each language has its own terms."""
        return [key for key, place in self.places.items() if place.file == file and not key.startswith("-")]


def lint(folders: Sequence[Path], sources: Sequence[Path] = ()) -> list[Finding]:
    """All that is wrong below `<folder>/<language>/*.ftl`, in the files' order.

    With Python files as `sources` also: keys said that are not there, arguments that differ from the
    sentence's variables, keys that nobody says.
    """
    findings: list[Finding] = []
    languages: dict[str, _Language] = {}
    files = sorted(path for folder in folders for path in folder.glob("*/*.ftl"))
    for file in files:
        name = file.parent.name
        if _known(name):
            findings.extend(languages.setdefault(name, _Language(name)).read(file))
        else:
            findings.append(_Place(file=file, line=1).finding("-", f"{name!r} is no language"))
    for language in languages.values():
        for key, place in language.places.items():
            what = faults(key, language.entries, language.name)
            findings.extend(place.finding(key, fault) for fault in what)
    source = languages.get(SOURCE, _Language(SOURCE))
    for file in files:
        if file.parent.name in set(languages) - {SOURCE}:
            findings.extend(_differences(file, languages[file.parent.name], source))
    for name in languages:
        findings.extend(_missing_files(folders, name))
    if sources:
        findings.extend(_misuses(source, sources))
    return sorted(findings)


def _known(language: str) -> bool:
    try:
        Locale.parse(language)
    except (ValueError, UnknownLocaleError):
        return False
    return True


def _missing_files(folders: Sequence[Path], language: str) -> Iterator[Finding]:
    for source in sorted(path for folder in folders for path in folder.glob(f"{SOURCE}/*.ftl")):
        file = source.parent.parent / language / source.name
        if file.exists() or not (language in COMPLETE or source.name in READERS):
            continue
        keys = sum(isinstance(entry, ftl.Message) for entry in FluentParser().parse(source.read_text("utf-8")).body)
        who = f"{language} says everything" if language in COMPLETE else "every language needs it for its readers"
        yield _Place(file=file, line=1).finding("-", f"the whole file is missing ({keys} sentences): {who}")


def _differences(file: Path, language: _Language, source: _Language) -> Iterator[Finding]:
    counterpart = file.parent.parent / SOURCE / file.name
    ours, theirs = language.messages(file), source.messages(counterpart)
    for key in theirs:
        if key not in ours:
            yield _Place(file=file, line=1).finding(key, f"is missing, {source.places[key].file} has it")
    for key in ours:
        place = language.places[key]
        if key not in theirs:
            yield place.finding(key, f"is not in {counterpart}")
            continue
        here, there = variables(key, language.entries), variables(key, source.entries)
        if here != there:
            yield place.finding(key, f"has the variables {_list(here)}, {SOURCE} has {_list(there)}")


def _misuses(source: _Language, files: Sequence[Path]) -> Iterator[Finding]:
    found = uses(files)
    for use in found.said:
        place = _Place(file=use.file, line=use.line)
        if use.key not in source.entries:
            yield place.finding(use.key, f"is said here but not in {SOURCE}")
        elif use.args is not None and use.args != (needed := variables(use.key, source.entries)):
            yield place.finding(use.key, f"gets the arguments {_list(use.args)}, has {_list(needed)}")
    referred = references(source.entries)
    for key, place in source.places.items():
        if key != FALLBACK_KEY and key not in referred and not found.mentions(key):
            yield place.finding(key, "is never said")
    if FALLBACK_KEY not in source.entries:
        file = min((place.file for place in source.places.values()), default=files[0])
        yield _Place(file=file, line=1).finding(FALLBACK_KEY, f"must be in {SOURCE}")


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"${name}" for name in sorted(names)) or "none"


def main(arguments: Sequence[str]) -> int:
    """Prints the findings below the given paths, and what was looked at; .ftl and .py files are found by themselves."""
    roots = [Path(argument) for argument in arguments]
    folders = sorted({file.parent.parent for root in roots for file in root.rglob("*.ftl")})
    findings = lint(folders, sorted(file for root in roots for file in root.rglob("*.py")))
    for finding in findings:
        print(finding)
    files = [file for folder in folders for file in folder.glob("*/*.ftl")]
    spoken = ", ".join(sorted({file.parent.name for file in files}, key=lambda name: (name != SOURCE, name)))
    print(f"{len(files)} files in {spoken}: {len(findings) or 'no'} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
