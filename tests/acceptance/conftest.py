"""A fake Telegram with a newsroom's rooms, and a home for its service; the service itself is started by the test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from tests.acceptance.scene import Scene
from tests.acceptance.service import Home
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


@pytest.fixture
async def scene(engine: str, open_scene: OpenScene) -> AsyncIterator[Scene]:
    async with open_scene(engine) as scene:
        yield scene
