"""A newsroom on a stage: every flow test runs on each platform as far as what it can and how it reads goes, and on
one of them with a restart between any two lines. All three in `make soak`; in `make test` each test on one of the two
that differ most, which is drawn by its name.

On SQLite; the journey, which touches every table, also on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from zlib import crc32

import pytest

import handlers
from bot.flows.program import Closing, JobKind, Tools
from bot.flows.testing import Stage, StageAdapter
from bot.media.job import fetch_job
from bot.media.rebuild import PhotoRebuilder
from bot.platforms.local.adapter import LocalAdapter
from bot.platforms.matrix.adapter import CAPABILITIES as MATRIX
from bot.platforms.telegram.adapter import CAPABILITIES as TELEGRAM
from bot.texts.fluent import Texts
from storage.store import Store
from storage.vault import receipts
from tests.databases import Newsroom
from tests.integration.flows.held import Rules
from tests.integration.flows.people import Cast
from tests.sentences import newsroom_texts

PLATFORMS = {"telegram": TELEGRAM, "local": LocalAdapter.capabilities, "matrix": MATRIX}
WITH_BUTTONS_OR_WITHOUT = ("local", "matrix")
RESTARTS = "local"
"""There the service stops and starts between any two lines: in each of the three it would take too long."""
HERE = Path(__file__).parent


def messenger(manner: str) -> StageAdapter:
    return StageAdapter.like(manner, PLATFORMS[manner])


@pytest.fixture(scope="session")
def texts() -> Texts:
    return newsroom_texts()


@pytest.fixture
def engine() -> str:
    return "sqlite"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if not (isinstance(item, pytest.Function) and item.path.is_relative_to(HERE) and hasattr(item, "callspec")):
            continue
        if any("manner" in mark.args[0] for mark in item.iter_markers("parametrize")):
            continue  # it says itself on which it runs
        drawn = WITH_BUTTONS_OR_WITHOUT[crc32(item.originalname.encode()) % 2]
        if item.callspec.params.get("manner", drawn) != drawn:
            item.add_marker(pytest.mark.soak)


@pytest.fixture(params=PLATFORMS)
def manner(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def fetch() -> AsyncIterator[JobKind]:
    """Brings photos in through the real sandbox, which starts with the first photo."""
    async with AsyncExitStack() as open_parts:
        rebuilders: list[PhotoRebuilder] = []

        async def bring_in(tools: Tools, payload: bytes) -> Closing | None:
            if not rebuilders:
                rebuilders.append(await open_parts.enter_async_context(PhotoRebuilder()))
            return await fetch_job(rebuilders[0])(tools, payload)

        yield bring_in


@pytest.fixture(autouse=True)
def cheap_receipts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a receipt costs is the vault's matter, and tested there: here hundreds are issued and typed."""
    monkeypatch.setattr(receipts, "_MEMORY", 256)


@pytest.fixture(scope="session")
def held(texts: Texts) -> Rules:
    return Rules(texts=texts)


@pytest.fixture
def rules(held: Rules) -> Iterator[Rules]:
    """Every prompt of every flow test is held to them."""
    held.broken.clear()
    yield held
    assert sorted(held.broken) == []


@pytest.fixture
def make_stage(store: Store, texts: Texts, fetch: JobKind, rules: Rules) -> Callable[[str], Stage]:
    program = rules.hold(handlers.newsroom(fetch))

    def make(manner: str) -> Stage:
        return Stage(
            store,
            lambda: program,
            texts,
            adapter=messenger(manner),
            restart_always=manner == RESTARTS,
        )

    return make


@pytest.fixture
def stage(make_stage: Callable[[str], Stage], manner: str) -> Stage:
    return make_stage(manner)


@pytest.fixture
def cast(stage: Stage, newsroom: Newsroom) -> Cast:
    return Cast(stage=stage, data=newsroom.data)
