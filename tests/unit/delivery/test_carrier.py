"""What becomes of an errand whose adapter fails: what can't be known is not given up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, cast

import msgspec
import pytest

from bot.delivery import carrier
from bot.delivery.carrier import LATER, Carrier
from bot.delivery.errands import Errand
from bot.outcomes import Outcome, Refused, Unsure
from bot.platforms.base import Adapter, OpenBlob
from bot.platforms.matrix.adapter import CAPABILITIES
from bot.texts.rich import Rich
from bot.types import Content, Show
from storage.errors import KeyMissing
from storage.ids import BlobId, LaneId, RowId
from storage.outbox import Parcel
from tests.integration.storage.people import chat


class Failing:
    capabilities = CAPABILITIES

    async def perform(self, _out: Any, _chat: Any, _before: Any, open_blob: OpenBlob, _key: str) -> Outcome:
        raise NotImplementedError


class LosingItsKeys(Failing):
    async def perform(self, *_about: Any) -> Outcome:
        raise KeyMissing("a sealed row of its own does not open")


class SendingAFile(Failing):
    async def perform(self, _out: Any, _chat: Any, _before: Any, open_blob: OpenBlob, _key: str) -> Outcome:
        async for _ in open_blob(BlobId(b"file")):
            pass
        raise AssertionError("it could be read")


class Silent(Failing):
    async def perform(self, *_about: Any) -> Outcome:
        await asyncio.Event().wait()
        raise AssertionError


async def _destroyed(blob: BlobId) -> AsyncIterator[bytes]:
    if blob:
        raise KeyMissing("shredded")
    yield b""


async def _carried(adapter: Failing) -> Outcome:
    parcel = Parcel(id=RowId(b"row"), lane=LaneId(b"lane"), owner=b"", chat=chat(), urgency=0, attempts=0, body=b"")
    errand = Errand(parcel=parcel, outgoing=Show(content=Content(text=Rich.plain("Look"))), before=None)
    return await Carrier({chat().platform: cast(Adapter, adapter)}, _destroyed, frozenset()).carry(errand)


async def test_an_adapter_that_misses_a_key_of_its_own_is_asked_again() -> None:
    """That was taken for a file that was destroyed, and the message dropped for good."""
    assert await _carried(LosingItsKeys()) == LATER


async def test_a_file_whose_key_was_destroyed_is_refused() -> None:
    assert await _carried(SendingAFile()) == Refused(why="its file was destroyed")


@pytest.mark.parametrize(("repeats", "outcome"), [(True, LATER), (False, Unsure())])
async def test_no_answer_is_no_reason_to_stop_where_a_repeat_is_harmless(
    repeats: bool, outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrier, "LONGEST_SEND", 0.01)
    adapter = Silent()
    adapter.capabilities = msgspec.structs.replace(CAPABILITIES, repeats=repeats)
    assert await _carried(adapter) == outcome
