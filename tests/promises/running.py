"""Runs the tests that prove promises, all in one pytest, and says of each whether it holds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import msgspec

from tests.promises.lists import ROOT
from tests.promises.reporting import Collected, Line, Phase, is_of

_LAST_LINES = 8


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Of one test, with all that it is run with."""

    test: str
    passed: bool
    failed: bool
    """by what it asserts; what could not be run has neither passed nor failed"""
    seconds: float
    why: str
    """in one line, why it has not passed"""


@dataclass(frozen=True, kw_only=True)
class Tree:
    """A copy of the program, and the interpreter that finds it."""

    folder: Path = ROOT
    python: Path = Path(sys.executable)


def run(
    tests: Collection[str],
    tell: Callable[[int, int], None],
    *,
    tree: Tree | None = None,
    options: Sequence[str] = (),
) -> dict[str, Verdict]:
    """By the test's name, one verdict each. `tell(done, total)` counts what has been run."""
    tree = tree or Tree()
    files = sorted({test.partition("::")[0] for test in tests})
    reading, writing = os.pipe()
    command = [str(tree.python), "-m", "pytest", "-p", "tests.promises.reporting", "--promises-to", str(writing)]
    # The plugin chooses, soak or not; and no cache is shared with other runs.
    command += ["-o", "addopts=", "-p", "no:cacheprovider", "-q", *options]
    command += [f"--promise={test}" for test in sorted(tests)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tree.folder), str(ROOT)])}
    if tree.folder != ROOT:  # what a copy's sources compile to is kept for the next run, whatever holds for our own
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with TemporaryFile("w+") as said:
        with subprocess.Popen(
            [*command, *files],
            cwd=tree.folder,
            env=environment,
            pass_fds=[writing],
            stdout=said,
            stderr=subprocess.STDOUT,
        ):
            os.close(writing)
            with os.fdopen(reading) as lines:
                phases = _followed(lines, tell)
        said.seek(0)
        last = " | ".join(line.strip() for line in said.readlines()[-_LAST_LINES:] if line.strip())
    return {test: _verdict(test, phases, last) for test in tests}


def _followed(lines: IO[str], tell: Callable[[int, int], None]) -> list[Phase]:
    phases: list[Phase] = []
    total = done = 0
    for line in lines:
        match msgspec.json.decode(line, type=Line):
            case Collected(tests=tests):
                total = tests
            case Phase() as phase:
                phases.append(phase)
                done += phase.phase == "teardown"
                tell(done, total)
    return phases


def _verdict(test: str, phases: Sequence[Phase], last: str) -> Verdict:
    mine = [phase for phase in phases if is_of(phase.test, test)]
    bad = [phase for phase in mine if phase.outcome != "passed"]
    return Verdict(
        test=test,
        passed=bool(mine) and not bad,
        failed=any(phase.outcome == "failed" and phase.phase == "call" for phase in bad),
        seconds=sum(phase.seconds for phase in mine),
        why=f"{bad[0].outcome} in {bad[0].phase}: {bad[0].why}" if bad else "" if mine else f"did not run: {last}",
    )
