"""The adapter contract on every platform there is."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.platforms.contract import AdapterContract
from tests.integration.platforms.stage import Stage

PLATFORMS = ("telegram", "local")


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    name = f"tests.integration.platforms.{request.param}_stage"
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{request.param} has no stage yet")
    async with importlib.import_module(name).open_stage(tmp_path) as opened:
        yield opened


class TestContract(AdapterContract):
    pass
