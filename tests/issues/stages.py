"""The newsroom on a stage, for bugs that show only in a conversation."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import bot.texts
import handlers
from bot.flows.program import Closing, JobKind, Tools
from bot.flows.testing import Stage
from bot.texts.fluent import Texts
from storage.store import Store

FRAMEWORK = Path(bot.texts.__file__).parent / "locales"


async def _no_photos(_tools: Tools, _payload: bytes) -> Closing | None:
    raise NotImplementedError("no photo is sent in this test")


@cache  # reading them takes longer than most of these tests
def newsroom_texts() -> Texts:
    return Texts.load([FRAMEWORK, handlers.LOCALES], strict=True)


def newsroom_stage(store: Store, fetch: JobKind = _no_photos) -> Stage:
    return Stage(store, lambda: handlers.newsroom(fetch), newsroom_texts())
