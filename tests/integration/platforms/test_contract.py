"""The adapter contract on every platform there is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import load_texts
from tests.databases import MakeNewsroom
from tests.homeserver.synapse import Synapse
from tests.integration.platforms import local_stage, matrix_stage, telegram_stage
from tests.integration.platforms.contract import AdapterContract
from tests.integration.platforms.stage import Stage

PLATFORMS = ("telegram", "local", "matrix")


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, tmp_path: Path, make_newsroom: MakeNewsroom) -> AsyncIterator[Stage]:
    if request.param == "telegram":
        async with telegram_stage.open_stage(tmp_path) as telegram:
            yield telegram
    elif request.param == "local":
        async with local_stage.open_stage(tmp_path) as local:
            yield local
    else:
        newsroom = make_newsroom("sqlite")
        await newsroom.prepare()
        store = await newsroom.open()
        synapse: Synapse = request.getfixturevalue("synapse")
        async with matrix_stage.open_stage(synapse, store, load_texts()) as matrix:
            yield matrix
        await store.close()


class TestContract(AdapterContract):
    pass
