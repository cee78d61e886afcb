"""A newsroom on a stage: every flow test runs with buttons and without, and with a restart between any two lines."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import bot.texts
from bot.flows.testing import Stage
from bot.media.job import fetch_job
from bot.media.rebuild import PhotoRebuilder
from bot.texts.fluent import Texts
from handlers import LOCALES, newsroom
from storage.store import Store

FRAMEWORK = Path(bot.texts.__file__).parent / "locales"


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts.load([FRAMEWORK, LOCALES], strict=True)


@pytest.fixture(params=["buttons", "plain", "restarts"])
def manner(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def stage(store: Store, texts: Texts, manner: str) -> AsyncIterator[Stage]:
    async with (
        PhotoRebuilder() as rebuilder,
        Stage(
            store,
            lambda: newsroom(fetch_job(rebuilder)),
            texts,
            buttons=manner != "plain",
            restart_always=manner == "restarts",
        ) as stage,
    ):
        yield stage
