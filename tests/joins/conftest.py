"""A newsroom on a stage, on each engine; nothing of its dialogues is looked at."""

from __future__ import annotations

import pytest

import handlers
from bot.flows.program import Closing, Tools
from bot.flows.testing import Stage
from bot.texts.fluent import Texts
from storage.store import Store
from storage.vault.newsroom import draw
from tests.integration.flows.conftest import FRAMEWORK, messenger


@pytest.fixture
def reads_the_server() -> bool:
    return True


@pytest.fixture
def stage(store: Store) -> Stage:
    store.newsroom = draw().key.public  # with an offline key there is a table more
    texts = Texts.load([FRAMEWORK, handlers.LOCALES], strict=True)
    return Stage(store, lambda: handlers.newsroom(_nothing_is_sent), texts, adapter=messenger("telegram"))


async def _nothing_is_sent(_tools: Tools, _payload: bytes) -> Closing | None:
    return None
