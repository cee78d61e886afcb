"""Logs: one line a record on stderr, and no content, id or token in any of them.

What we log ourselves is written for that and passes the net (`redact.py`). What libraries log is not: of their records
only the template stays, never its arguments; of their exceptions only kind and place. The same holds for what nobody
caught, in the main thread, in others, in the event loop (asyncio logs it as a library), and for warnings.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import warnings
from types import TracebackType
from typing import TextIO

from bot.observe.describe import describe
from bot.observe.redact import redact

_OURS = ("bot", "handlers", "storage", "__main__")
_LIBRARIES = (
    *("httpx", "httpcore", "telegram", "aiohttp", "sqlalchemy", "alembic", "aiosqlite", "asyncpg", "asyncio"),
    *("concurrent", "PIL", "nio", "fluent", "charset_normalizer"),
)
_FROM = {"nio": logging.ERROR}
"""It warns of every device that it meets for the first time."""
_log = logging.getLogger("bot")


def set_up(level: str) -> None:
    """`level`: info, warning or error. Libraries speak from warning on, or as `_FROM` says."""
    handler = _Handler()
    handler.setFormatter(_Formatter())
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in _LIBRARIES:
        # A library's own handler would print what this one leaves out.
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True
        library.setLevel(_FROM.get(name, logging.WARNING))
    for name in _OURS:
        logging.getLogger(name).setLevel(level.upper())
    logging.raiseExceptions = False
    sys.excepthook = _uncaught
    sys.unraisablehook = _unraisable
    threading.excepthook = _uncaught_in_thread
    warnings.showwarning = _warned


class _Handler(logging.StreamHandler[TextIO]):
    def __init__(self) -> None:
        super().__init__(sys.stderr)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Python's own would print the record's arguments. The stream may be gone, so nothing is said."""


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(record.created))
        ours = record.name.partition(".")[0] in _OURS
        text = redact(_own(record) if ours else _foreign(record))
        if record.exc_info and record.exc_info[1] is not None:
            text += f": {describe(record.exc_info[1])}"
        name = record.name.rpartition(".")[2] if ours else record.name
        return f"{at} {record.levelname} {name}: {' '.join(_printable(text).split())}"


def _own(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # a wrong placeholder must not cost the line, nor show the arguments
        return f"{record.msg} (arguments that don't fit, at {record.filename}:{record.lineno})"


def _foreign(record: logging.LogRecord) -> str:
    place = f"{record.filename}:{record.lineno}"
    # Without arguments the text may be put together already, with values in it.
    return f"{record.msg} ({place})" if record.args else f"a message at {place}"


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _log.critical("the program ends by an error that nobody expected: %s", describe(error.with_traceback(trace)))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _log.error("a thread ended by an error that nobody expected: %s", describe(args.exc_value))


def _unraisable(unraisable: sys.UnraisableHookArgs) -> None:
    if unraisable.exc_value is not None:
        _log.error("an error where none can be raised: %s", describe(unraisable.exc_value))


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    _log.warning("%s at %s:%d", category.__name__, "/".join(filename.split("/")[-2:]), lineno)
