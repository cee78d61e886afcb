from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.platforms.telegram.adapter import TelegramAdapter
from tests.integration.platforms.keeper import Keeper
from tests.integration.platforms.telegram_stage import TelegramStage, open_stage


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
