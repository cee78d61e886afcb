"""How commands speak: plain lines, colour and bars only at a terminal, problems on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

if TYPE_CHECKING:  # these take half a second to load, which `--help` should not wait for
    from bot.config import Settings
    from bot.platforms.base import Finding

_QUARTERS = 4


def line(text: str = "") -> None:
    """Never wrapped, so that a code or a path can be copied from it."""
    _console().print(Text(text), soft_wrap=True)


def problem(text: str) -> None:
    """To stderr, each line of it by itself."""
    Console(stderr=True, highlight=False).print(Text(text), soft_wrap=True)


def finding(found: Finding) -> None:
    mark = Text("✓ ", "green") if found.ok else Text("✗ ", "bold red")
    _console().print(mark + Text(found.what), soft_wrap=True)
    if found.remedy and not found.ok:
        line(f"  → {found.remedy}")


def loud(title: str, text: str) -> None:
    """A note that must not be missed."""
    console = _console()
    if console.is_terminal:
        console.print(Panel(Text(text), title=Text(title, "bold"), border_style="bold yellow", padding=(1, 2)))
    else:
        line(f"*** {title} ***\n{text}\n***")


def key_note(settings: Settings, place: Path) -> None:
    """After a root key was made."""
    loud(
        "Back up the root key now",
        f"The root key of this newsroom is at\n    {place.resolve()}\n"
        "Copy it to a place of its own (paper, a password manager, a stick in a safe), never beside the back-ups.\n"
        "Without it nothing in this newsroom can be read any more, by anyone; with it and the data, everything can."
        + ("\nThis one belongs to the demo only." if settings.demo else ""),
    )


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Gives a function `tell(done, total)`. A bar at a terminal, else a line at each quarter."""
    if sys.stdout.isatty():
        with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=_console()) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
        return
    said = 0

    def tell(done: int, total: int) -> None:
        nonlocal said
        quarter = done * _QUARTERS // total if total else 0
        if quarter > said:
            said = quarter
            line(f"{what}: {done} of {total}")

    yield tell


def _console() -> Console:
    # Made anew each time: stdout may be another one than when this module was read.
    return Console(highlight=False)
