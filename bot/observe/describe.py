"""An exception in one line: what kind, and where. Its message only when it is ours, whose messages hold no content."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from bot.errors import TamizdatError
from bot.observe.redact import redact
from storage.errors import StorageError

_FRAMES = 3
_DEEPEST = 5
_OURS = (TamizdatError, StorageError)
_ROOT = Path(__file__).resolve().parents[2]


def describe(error: BaseException) -> str:
    """`KeyError at bot/dispatch.py:120 < bot/app.py:40, after TimedOut at …`: no value, no message of a library."""
    parts: list[str] = []
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen and len(parts) < _DEEPEST:
        seen.add(id(found))
        parts.append(_one(found))
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    return ", after ".join(parts)


def _one(error: BaseException) -> str:
    text = type(error).__name__
    if isinstance(error, _OURS):
        text += f" ({redact(str(error))})"
    if isinstance(error, BaseExceptionGroup):
        text += f" [{'; '.join(describe(part) for part in error.exceptions[:_DEEPEST])}]"
    places = " < ".join(_places(error.__traceback__))
    return f"{text} at {places}" if places else text


def _places(trace: TracebackType | None) -> list[str]:
    """The innermost places, innermost first; our own are preferred to those of libraries."""
    found: list[tuple[bool, str]] = []
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        ours = path.is_relative_to(_ROOT) and "site-packages" not in path.parts
        shown = path.relative_to(_ROOT) if ours else Path(*path.parts[-2:])
        found.append((ours, f"{shown}:{trace.tb_lineno}"))
        trace = trace.tb_next
    found.reverse()
    kept = found[:1] + [place for place in found[1:] if place[0]][: _FRAMES - 1]
    return [text for _, text in kept]
