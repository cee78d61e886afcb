"""A newsroom on a stage, on each engine; nothing of its dialogues is looked at."""

from __future__ import annotations

import pytest

import handlers
from bot.flows.program import Closing, Tools
from bot.flows.testing import Stage
from storage.store import Store
from storage.vault.newsroom import draw
from tests.integration.flows.conftest import messenger
from tests.sentences import newsroom_texts


@pytest.fixture
def reads_the_server() -> bool:
    return True


@pytest.fixture
def stage(store: Store) -> Stage:
    store.newsroom = draw().key.public  # with an offline key there is a table more
    return Stage(store, lambda: handlers.newsroom(_nothing_is_sent), newsroom_texts(), adapter=messenger("telegram"))


async def _nothing_is_sent(_tools: Tools, _payload: bytes) -> Closing | None:
    return None
