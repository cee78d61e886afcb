"""The list of promises as it is written in the TOML files, and what is wrong with it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


class Broken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the guard is removed."""

    file: str
    find: str
    """occurs once in the file"""
    replace: str


class Promise(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    says: str
    guards: tuple[str, ...]
    """files, from the root of the tree"""
    tests: tuple[str, ...]
    """as pytest names them; without brackets: all that the test is run with in `make test`, else in `make soak`"""
    broken: Broken


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    promise: tuple[Promise, ...]


class Area(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    """of its file"""
    promises: tuple[Promise, ...]

    @property
    def title(self) -> str:
        return self.name.replace("_", " ").capitalize()


def read(folder: Path = HERE) -> tuple[Area, ...]:
    """Every area, by name. Raises ValueError, which names the file, when one is not written as it must be."""
    return tuple(_area(file) for file in sorted(folder.glob("*.toml")))


def problems(areas: Sequence[Area], tree: Path = ROOT) -> list[str]:
    """One line for each thing that is wrong: a file or a test that is not there, a guard that can't be removed."""
    found = [
        f"{area.name}: “{promise.says}”: {problem}"
        for area in areas
        for promise in area.promises
        for problem in _problems(promise, tree)
    ]
    said = [promise.says for area in areas for promise in area.promises]
    return found + [
        f"“{sentence}” is promised twice" for sentence in sorted({one for one in said if said.count(one) > 1})
    ]


def _area(file: Path) -> Area:
    try:
        return Area(name=file.stem, promises=msgspec.toml.decode(file.read_bytes(), type=_File).promise)
    except (msgspec.DecodeError, ValueError) as error:
        raise ValueError(f"{file.name}: {error}") from None


def _problems(promise: Promise, tree: Path) -> Iterator[str]:
    if not promise.guards:
        yield "no file guards it"
    if not promise.tests:
        yield "no test proves it"
    for guard in promise.guards:
        if not (tree / guard).is_file():
            yield f"there is no file {guard}"
    for test in promise.tests:
        file, _, name = test.partition("::")
        if name.partition("[")[0] not in tests_in(tree / file):
            yield f"there is no test {test}"
    broken = promise.broken
    place = tree / broken.file
    if broken.file.startswith("tests/"):
        yield "it is broken in a test: break the guard"
    elif not place.is_file():
        yield f"it is broken in {broken.file}, which is not there"
    elif (times := place.read_text("utf-8").count(broken.find)) != 1:
        yield f"what is to be broken occurs {times} times in {broken.file}, not once"
    elif broken.find == broken.replace:
        yield "breaking it changes nothing"
    elif place.suffix == ".py" and not _is_python(place.read_text("utf-8").replace(broken.find, broken.replace)):
        yield f"without it {broken.file} is not Python any more"


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


@cache
def tests_in(file: Path) -> frozenset[str]:
    """The names after `::`; none for a file that is not there."""
    if not file.is_file():
        return frozenset()
    return frozenset(_names(ast.parse(file.read_bytes()).body, ""))


def _names(body: Sequence[ast.stmt], before: str) -> Iterator[str]:
    for statement in body:
        match statement:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if name.startswith("test"):
                yield before + name
            case ast.ClassDef(name=name, body=inside):
                yield from _names(inside, f"{before}{name}::")
