"""`python -m tests.promises [--broken | --write] [area …]`: see the package."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from bot.cli import say
from tests.promises.breaking import Seen, copied, see
from tests.promises.lists import Area, Promise, problems, read
from tests.promises.page import PAGE, renewed
from tests.promises.running import Verdict, run

_SHORT = 70


def main() -> None:
    parser = ArgumentParser(prog="python -m tests.promises", description="Proves what is promised.")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--broken", action="store_true", help="remove each guard in a copy, and see its tests fail")
    how.add_argument("--write", action="store_true", help="bring SECURITY.md up to date")
    parser.add_argument("area", nargs="*", help="one or more of the lists; without: all")
    asked = parser.parse_args()
    areas = _chosen(read(), asked.area)
    wrong = problems(areas)
    for problem in wrong:
        say.problem(problem)
    if wrong:
        sys.exit(1)
    if asked.write:
        PAGE.write_text(renewed(PAGE.read_text("utf-8"), read()), "utf-8")
    else:
        sys.exit(not (_broken(areas) if asked.broken else _proven(areas)))


def _chosen(areas: Sequence[Area], names: Sequence[str]) -> list[Area]:
    known = [area.name for area in areas]
    if unknown := set(names) - set(known):
        sys.exit(f"There is no list {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
    return [area for area in areas if not names or area.name in names]


# ── proven ───────────────────────────────────────────────────────────────────────────────────────────────────────
def _proven(areas: Sequence[Area]) -> bool:
    tests = {test for area in areas for promise in area.promises for test in promise.tests}
    with say.progress("Proving") as tell:
        verdicts = run(tests, tell)
    kept = 0
    for area in areas:
        table = _table(area.title)
        for promise in area.promises:
            mine = [verdicts[test] for test in promise.tests]
            kept += (held := all(verdict.passed for verdict in mine))
            table.add_row(_mark(held), _proof(promise, mine), f"{sum(one.seconds for one in mine):.1f} s")
        _console().print(table)
    promised = sum(len(area.promises) for area in areas)
    say.line(f"{kept} of {promised} promises are kept.")
    return kept == promised


def _proof(promise: Promise, verdicts: Sequence[Verdict]) -> Text:
    lines = [Text(promise.says)]
    for verdict in verdicts:
        lines.append(Text(verdict.test, "dim"))
        if not verdict.passed:
            lines.append(Text(verdict.why, "red"))
    return Text("\n").join(lines)


# ── broken ───────────────────────────────────────────────────────────────────────────────────────────────────────
def _broken(areas: Sequence[Area]) -> bool:
    """A line at a time: it takes minutes."""
    seen: list[Seen] = []
    with copied() as tree:
        for area in areas:
            for number, promise in enumerate(area.promises):
                seen.append(see(promise, tree))
                table = _table(area.title if number == 0 else "")
                table.add_row(_mark(seen[-1].failed is not None), _what_was_seen(seen[-1]))
                _console().print(table)
    noticed = sum(one.failed is not None for one in seen)
    say.line(f"{noticed} of {len(seen)} broken promises were noticed.")
    return noticed == len(seen)


def _what_was_seen(seen: Seen) -> Text:
    broken, noticed = seen.promise.broken, seen.failed
    lines = [
        Text(seen.promise.says),
        Text(f"{broken.file}: {_in_short(broken.find)} → {_in_short(broken.replace)}", "dim"),
    ]
    if noticed is not None:
        lines.append(Text(f"{noticed.test}: {noticed.why}", "dim"))
    else:
        lines += [Text(f"{one.test}: {one.why or 'passes all the same'}", "red") for one in seen.verdicts]
    return Text("\n").join(lines)


def _in_short(code: str) -> str:
    line = " ".join(code.split()) or "nothing"
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}…"


def _table(title: str) -> Table:
    # Folded, not cut: the name of a test can be copied from it.
    return Table("", Column(title, overflow="fold"), "", box=None, pad_edge=False, show_header=bool(title))


def _mark(good: bool) -> Text:
    return Text("✓", "green") if good else Text("✗", "bold red")


def _console() -> Console:
    return Console(highlight=False)


if __name__ == "__main__":
    main()
