"""A turn that met another worker ran again, and again, without end: a row that always conflicts (a fault in the
program, not chance) held its worker for ever, and nobody was told.
"""

from __future__ import annotations

import pytest

from bot.flows.engine import Engine
from bot.types import Incoming
from storage.errors import Conflict
from storage.store import Store, Transaction
from tests.clock import Clock
from tests.databases import Newsroom
from tests.issues.stages import newsroom_stage

MEETINGS = 25


async def test_ten_conflicts_are_a_failed_turn(
    store: Store, newsroom: Newsroom, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stage = newsroom_stage(store)
    author, tried, turn = stage.person("author"), 0, Engine.turn

    async def meets(engine: Engine, tx: Transaction, incoming: Incoming, *, in_room: bool | None) -> None:
        nonlocal tried
        tried += 1
        if tried <= MEETINGS:
            raise Conflict("Another worker was here first.")
        await turn(engine, tx, incoming, in_room=in_room)

    monkeypatch.setattr(Engine, "turn", meets)
    await author.says("/start")
    assert tried == 10
    assert "failed, attempt 1: Conflict" in caplog.text
    for seconds in (1, 5):
        clock.pass_(seconds=seconds)
        await stage.settle()
    assert tried == MEETINGS + 1
    await author.expects("Тамиздат")
