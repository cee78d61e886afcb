from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from bot.media.rebuild import PhotoRebuilder

CHILDREN = Path(__file__).parent / "children"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def rebuilder() -> AsyncIterator[PhotoRebuilder]:
    """One for a file of tests, which share a loop: each photo gets a child of its own all the same."""
    async with PhotoRebuilder() as running:
        yield running


def command(script: str, *arguments: str) -> tuple[str, ...]:
    """A child of the tests, started as the real one is."""
    return (sys.executable, "-I", "-B", str(CHILDREN / script), *arguments)


@pytest.fixture
def living() -> Callable[[str], int]:
    """How many children of ours run that script or module, zombies included."""

    def count(name: str) -> int:
        return sum(any(name in word for word in _words(child)) for child in psutil.Process().children())

    return count


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline() or [process.name()]
    except psutil.Error:
        return []
