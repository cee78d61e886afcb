"""What the tests of Matrix share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

import bot
from bot.texts.fluent import Texts
from storage.store import Store
from tests.databases import MakeNewsroom
from tests.homeserver.company import Company
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.loop_stage import Bot, Person
from tests.integration.platforms.matrix_stage import MatrixStage, open_stage


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts.load([Path(bot.__file__).parent / "texts" / "locales"], strict=True)


@pytest.fixture
async def on_sqlite(make_newsroom: MakeNewsroom) -> AsyncIterator[Store]:
    """An empty newsroom's, where the engine makes no difference."""
    newsroom = make_newsroom("sqlite")
    await newsroom.prepare()
    store = await newsroom.open()
    yield store
    await store.close()


@pytest.fixture(name="bot")
async def _bot(synapse: Synapse, make_newsroom: MakeNewsroom, texts: Texts) -> AsyncIterator[Bot]:
    """Our receiving half, on SQLite."""
    newsroom = make_newsroom("sqlite")
    await newsroom.prepare()
    made = await Bot.made(synapse, newsroom, texts)
    yield made
    await made.dies()


@pytest.fixture
async def anna(synapse: Synapse) -> Person:
    return await Person.made(synapse)


@pytest_asyncio.fixture(loop_scope="module")
async def stage(
    synapse: Synapse, make_newsroom: MakeNewsroom, texts: Texts, company: Company
) -> AsyncIterator[MatrixStage]:
    """A bot and a room of the test's own; Anna is the same for all tests of its file, which share one loop."""
    async with open_stage(synapse, make_newsroom("sqlite"), texts, await company.anna(synapse)) as stage:
        yield stage
