"""Fixtures: a real Synapse, and people on it. `tests/conftest.py` names this plugin."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import pytest_asyncio

from tests.homeserver.company import Company
from tests.homeserver.synapse import Synapse


@pytest.fixture(scope="session")
def synapse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    """One server a run (and xdist worker), for all tests of it: take user names that nobody else has.

    It starts when the first test wants it, in a loop of its own, as a test's loop may be running.
    """
    server = Synapse(tmp_path_factory.mktemp("synapse"))
    with ThreadPoolExecutor(1) as thread:
        try:
            thread.submit(asyncio.run, server.start()).result()
            yield server
        finally:
            server.end()


@pytest.fixture
async def own_synapse(tmp_path: Path) -> AsyncIterator[Synapse]:
    """A server of the test's own: to be stopped, killed, given other limits."""
    server = Synapse(tmp_path / "synapse")
    try:
        await server.start()
        yield server
    finally:
        server.end()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def company() -> AsyncIterator[Company]:
    """For files whose tests share one loop: `pytestmark = pytest.mark.asyncio(loop_scope="module")`."""
    async with Company() as company:
        yield company
