"""The adapter contract on every platform there is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.app import load_texts
from bot.texts.fluent import Texts
from tests.databases import MakeNewsroom
from tests.homeserver.company import Company
from tests.homeserver.synapse import Synapse
from tests.integration.platforms import local_stage, matrix_stage, telegram_stage
from tests.integration.platforms.contract import AdapterContract
from tests.integration.platforms.stage import Stage

PLATFORMS = ("telegram", "local", "matrix")


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def texts() -> Texts:
    return load_texts()


@pytest_asyncio.fixture(params=PLATFORMS, loop_scope="module")
async def stage(
    request: pytest.FixtureRequest, tmp_path: Path, make_newsroom: MakeNewsroom, texts: Texts, company: Company
) -> AsyncIterator[Stage]:
    if request.param == "telegram":
        async with telegram_stage.open_stage(tmp_path) as telegram:
            yield telegram
    elif request.param == "local":
        async with local_stage.open_stage(tmp_path) as local:
            yield local
    else:
        synapse: Synapse = request.getfixturevalue("synapse")
        anna = await company.anna(synapse)
        async with matrix_stage.open_stage(synapse, make_newsroom("sqlite"), texts, anna) as matrix:
            yield matrix


class TestContract(AdapterContract):
    pass
