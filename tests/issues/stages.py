"""The newsroom on a stage, for bugs that show only in a conversation."""

from __future__ import annotations

import handlers
from bot.flows.program import Closing, JobKind, Tools
from bot.flows.testing import Stage
from storage.store import Store
from tests.sentences import newsroom_texts


async def _no_photos(_tools: Tools, _payload: bytes) -> Closing | None:
    raise NotImplementedError("no photo is sent in this test")


def newsroom_stage(store: Store, fetch: JobKind = _no_photos) -> Stage:
    return Stage(store, lambda: handlers.newsroom(fetch), newsroom_texts())
