"""A message that nobody can read waits for a while, and then holds nothing up any more."""

from __future__ import annotations

from typing import Any

import pytest

from bot.flows.testing import Person, Stage
from bot.outcomes import Later, Outcome
from bot.texts.rich import Rich
from bot.types import Erase
from tests.clock import Clock
from tests.integration.flows.people import Cast


@pytest.fixture
def manner() -> str:
    return "matrix"


async def test_what_is_to_be_deleted_is_deleted_though_nobody_could_read_what_came_before(
    stage: Stage, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    author = cast.author
    await cast.begin(author)
    _has_no_device(author, monkeypatch, most=3)
    chat = stage.address(author.name)
    async with stage.store.write() as tx:
        await stage.turn(tx).show(chat, Rich.plain("Вам ответили."))
        await stage.turn(tx).wipe(chat)
    for _ in range(2):
        await stage.settle()
        assert len(author.chat) > 3
        clock.pass_(seconds=1)
    await stage.settle()
    assert author.chat == []


def _has_no_device(person: Person, monkeypatch: pytest.MonkeyPatch, *, most: int) -> None:
    """Deleting needs none."""
    performs = person.adapter.perform

    async def perform(outgoing: Any, *about: Any) -> Outcome:
        return await performs(outgoing, *about) if isinstance(outgoing, Erase) else Later(after=0, most=most)

    monkeypatch.setattr(person.adapter, "perform", perform)
