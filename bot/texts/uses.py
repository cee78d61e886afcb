"""Which sentences the program's source says: `msg("…")` and `Message("…")`."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Use:
    """One sentence said, with the names of its arguments (None where the source doesn't show them)."""

    file: Path
    line: int
    key: str
    args: frozenset[str] | None


@dataclass(frozen=True, kw_only=True)
class Uses:
    said: list[Use] = field(default_factory=list)
    mentioned: set[str] = field(default_factory=set)
    """All string literals: keys are also kept in tables and said later."""
    prefixes: set[str] = field(default_factory=set)
    """The fixed beginnings of keys that are put together: `msg(f"topic-{topic}")`."""

    def mentions(self, key: str) -> bool:
        return key in self.mentioned or key.startswith(tuple(self.prefixes))


def uses(files: Iterable[Path]) -> Uses:
    """Raises SyntaxError for a file that is no Python."""
    found = Uses()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"), str(file))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.mentioned.add(node.value)
            elif isinstance(node, ast.Call) and _name(node.func) in {"msg", "Message"}:
                _said(file, node, found)
    return found


def _name(function: ast.expr) -> str | None:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else None


def _alternatives(key: ast.expr) -> list[ast.expr]:
    """`"a" if … else "b"`: both are said."""
    if isinstance(key, ast.IfExp):
        return [*_alternatives(key.body), *_alternatives(key.orelse)]
    return [key]


def _said(file: Path, call: ast.Call, found: Uses) -> None:
    by_name = _name(call.func) == "Message"
    keys = call.args[:1] or [word.value for word in call.keywords if by_name and word.arg == "key"]
    for key in (one for several in keys for one in _alternatives(several)):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            names = frozenset(word.arg for word in call.keywords if word.arg is not None)
            shown = not by_name and len(names) == len(call.keywords)
            found.said.append(Use(file=file, line=call.lineno, key=key.value, args=names if shown else None))
        elif isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant):
            found.prefixes.add(str(key.values[0].value))
