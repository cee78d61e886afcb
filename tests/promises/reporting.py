"""A plugin for pytest: only the tests that are asked for, and what became of each, a line of JSON at a time."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from typing import TextIO

import msgspec
import pytest

_LONGEST = 200


class Collected(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """How many there are, with all that each is run with."""

    tests: int


class Phase(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What became of one phase of a test: setup, call, teardown."""

    test: str
    phase: str
    outcome: str
    """passed, failed, skipped"""
    seconds: float
    why: str = ""
    """the last words of a failure, in one line"""


Line = Collected | Phase


def is_of(test: str, name: str) -> bool:
    """Whether this test is one of those that the name, with or without brackets, stands for."""
    return test == name or test.partition("[")[0] == name


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--promises-to", type=int, help="the descriptor of a pipe")
    parser.addoption("--promise", action="append", default=[], help="a test that is asked for")


def pytest_configure(config: pytest.Config) -> None:
    descriptor: int = config.getoption("--promises-to")
    os.set_inheritable(descriptor, False)  # a server that a test leaves behind must not hold the pipe open
    config.pluginmanager.register(_Reporter(os.fdopen(descriptor, "w"), config.getoption("--promise")))


class _Reporter:
    def __init__(self, pipe: TextIO, wanted: Sequence[str]) -> None:
        self._pipe = pipe
        self._wanted = wanted

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        chosen = {item.nodeid for name in self._wanted for item in _cheapest(items, name)}
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in chosen])
        items[:] = [item for item in items if item.nodeid in chosen]
        self._say(Collected(tests=len(items)))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        why = "" if call.excinfo is None else call.excinfo.exconly(tryshort=True).partition("\n")[0][:_LONGEST]
        self._say(Phase(test=item.nodeid, phase=report.when, outcome=report.outcome, seconds=report.duration, why=why))
        return report

    def _say(self, line: Line) -> None:
        print(msgspec.json.encode(line).decode(), file=self._pipe, flush=True)


def _cheapest(items: Sequence[pytest.Item], name: str) -> Sequence[pytest.Item]:
    """What is left to `make soak` is run only where nothing else proves it."""
    mine = [item for item in items if is_of(item.nodeid, name)]
    return [item for item in mine if item.get_closest_marker("soak") is None] or mine
