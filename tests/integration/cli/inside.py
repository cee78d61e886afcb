"""The command line inside the tests' own process: what it says and how it ends is caught, what it changes put back."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.cli import main


def command(words: Sequence[str], folder: Path, environment: Mapping[str, str], typed: str) -> tuple[int, str, str]:
    """Exit code, stdout, stderr. Blocks; for a thread without an event loop, because commands have their own."""
    out, err = io.StringIO(), io.StringIO()
    with (
        _own_logs(),
        patch.object(sys, "stdin", io.StringIO(typed)),
        patch.dict(os.environ, environment, clear=True),
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        _fresh_umask(),
        pytest.raises(SystemExit) as end,
    ):
        main(words)
    assert isinstance(end.value.code, int)
    return end.value.code, out.getvalue(), err.getvalue()


@contextlib.contextmanager
def _own_logs() -> Iterator[None]:
    """`logs.set_up` is for a process of one's own: pytest's handlers, levels and hooks come back after it."""
    handlers, levels = logging.root.handlers[:], _levels()
    try:
        with (
            warnings.catch_warnings(),
            patch.object(logging, "raiseExceptions", logging.raiseExceptions),
            patch.object(sys, "excepthook", sys.excepthook),
            patch.object(sys, "unraisablehook", sys.unraisablehook),
            patch.object(threading, "excepthook", threading.excepthook),
        ):
            yield
    finally:
        logging.root.handlers[:] = handlers
        for name in _levels():
            logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))


def _levels() -> dict[str, int]:
    return {name: logging.getLogger(name).level for name in (logging.root.name, *logging.root.manager.loggerDict)}


@contextlib.contextmanager
def _fresh_umask() -> Iterator[None]:
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)
