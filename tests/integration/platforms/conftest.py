from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.platforms.telegram.adapter import TelegramAdapter
from bot.types import FileKind
from tests.integration.platforms.keeper import Keeper
from tests.integration.platforms.telegram_stage import TelegramStage, open_stage

_HERE = Path(__file__).parent
_ALIKE_ON_MATRIX = {FileKind.VIDEO, FileKind.VIDEO_NOTE, FileKind.DOCUMENT}
"""Files of these kinds go the way of a voice message there, encrypted and slow: `make soak` looks at each."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and item.path.is_relative_to(_HERE) and hasattr(item, "callspec"):
            drawn = item.callspec.params
            if drawn.get("stage") == "matrix" and drawn.get("kind") in _ALIKE_ON_MATRIX:
                item.add_marker(pytest.mark.soak)


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
async def tg(tmp_path: Path) -> AsyncIterator[TelegramStage]:
    async with open_stage(tmp_path) as stage:
        yield stage


@pytest.fixture
async def adapter(tg: TelegramStage) -> AsyncIterator[TelegramAdapter]:
    """Started; Anna has written to the bot, and what she wrote was fetched by nobody."""
    tg.anna.starts(tg.bot)
    adapter = tg.adapter()
    await adapter.start()
    yield adapter
    await adapter.stop()
