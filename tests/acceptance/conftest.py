"""A fake Telegram with a newsroom's rooms, a home for its service, which the test starts; the demo, and a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.acceptance.demo import Demo, run_demo
from tests.acceptance.scene import Scene
from tests.acceptance.service import Home
from tests.browser import open_browser
from tests.databases import MakeNewsroom
from tests.fakes.telegram.fake import FakeTelegram

OpenScene = Callable[[str], AbstractAsyncContextManager[Scene]]
"""Sets a scene on the engine named: "sqlite" or "postgresql"."""


@pytest.fixture
def open_scene(make_newsroom: MakeNewsroom) -> OpenScene:
    @asynccontextmanager
    async def open_(engine: str) -> AsyncIterator[Scene]:
        newsroom = make_newsroom(engine)
        await newsroom.prepare(migrated=False)
        async with FakeTelegram() as fake:
            yield Scene.set_up(fake, lambda *rooms: Home.furnish(newsroom, *rooms))
            assert fake.violations == []
        await newsroom.remove()

    return open_


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with run_demo(tmp_path) as demo:
        yield demo


@pytest.fixture
async def scene(engine: str, open_scene: OpenScene) -> AsyncIterator[Scene]:
    async with open_scene(engine) as scene:
        yield scene
