"""What the tests of Matrix's receiving half share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import bot
from bot.texts.fluent import Texts
from tests.databases import MakeNewsroom
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.loop_stage import Bot, Person


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts.load([Path(bot.__file__).parent / "texts" / "locales"], strict=True)


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
