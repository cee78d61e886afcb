"""A file on a slow line was given up after 30 s like a text: sent again, perhaps twice there, then dropped. It gets the
time that it needs; nobody else may send it meanwhile, and a stop does not wait for minutes.
"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.bell import Bell
from bot.delivery import carrier, senders
from bot.delivery.carrier import Carrier
from bot.delivery.errands import errands
from bot.delivery.senders import Senders
from bot.outcomes import Delivered, Outcome, Unsure
from bot.texts.rich import Rich
from bot.types import Capabilities, Content, FileKind, Media, Show
from storage.codec import encode
from storage.ids import BlobId, new_id
from storage.outbox import LEASE_SECONDS, Outbox, Parcel
from storage.store import Store
from tests.clock import Clock
from tests.integration.storage.people import chat
from tests.patience import PATIENCE

VIDEO = Media(kind=FileKind.VIDEO, blob=BlobId(b"video"), size=19 * 1024 * 1024)


class SlowAdapter:
    """Answers when it is told to."""

    platform = chat().platform
    capabilities = Capabilities(
        buttons=True,
        text_limit=4096,
        caption_limit=1024,
        per_second=None,
        private_gap=0.0,
        room_per_minute=None,
        download_limit=1,
    )

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.answers = asyncio.Event()
        self.count = 0

    async def perform(self, *_about: object) -> Outcome:
        self.count += 1
        self.begun.set()
        await self.answers.wait()
        return Delivered()


@pytest.fixture
def engine() -> str:
    return "sqlite"


@pytest.fixture
def adapter() -> SlowAdapter:
    return SlowAdapter()


@pytest.fixture
def sender(store: Store, adapter: SlowAdapter) -> Senders:
    return worker(store, adapter)


def worker(store: Store, adapter: Any) -> Senders:
    return Senders(store, {adapter.platform: adapter}, intake_bell=Bell(), rooms=frozenset())


async def put(store: Store, media: Media | None = None, to: int = 1) -> None:
    async with store.write() as tx:
        show = Show(content=Content(text=Rich.plain("Look"), media=media))
        await tx.outbox.add(chat(to), encode(show))


async def left(store: Store) -> list[int]:
    """How often each message that still waits was tried."""
    async with store.write() as tx:
        return [parcel.attempts for parcel in await tx.outbox.lease(new_id(), 10)]


async def test_a_file_is_not_given_up_when_a_text_is(
    store: Store, adapter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrier, "LONGEST_SEND", 0.01)
    await put(store, VIDEO, to=1)
    await put(store, to=2)
    async with store.write() as tx:
        file, text = await errands(tx, await tx.outbox.lease(new_id(), 2))
    carries = Carrier({adapter.platform: adapter}, store.blobs.load, frozenset())
    sending = asyncio.create_task(carries.carry(file))
    assert await carries.carry(text) == Unsure()
    adapter.answers.set()
    assert await sending == Delivered()


async def test_nobody_else_sends_a_file_that_is_on_its_way(
    store: Store, clock: Clock, adapter: SlowAdapter, sender: Senders, monkeypatch: pytest.MonkeyPatch
) -> None:
    extended, extend = asyncio.Event(), Outbox.extend

    async def told(outbox: Outbox, parcel: Parcel) -> bool:
        held = await extend(outbox, parcel)
        extended.set()
        return held

    monkeypatch.setattr(Outbox, "extend", told)
    monkeypatch.setattr(senders, "EXTEND_SECONDS", 0)
    await put(store, VIDEO)
    sending = asyncio.create_task(sender.settle())
    await adapter.begun.wait()
    async with asyncio.timeout(PATIENCE):
        for _ in range(3):
            clock.pass_(seconds=LEASE_SECONDS - 1)
            for _ in range(2):  # the first may have begun before the clock went on
                extended.clear()
                await extended.wait()
    assert await left(store) == []
    adapter.answers.set()
    await sending
    assert adapter.count == 1
    clock.pass_(seconds=LEASE_SECONDS)
    assert await left(store) == []


async def test_a_text_of_a_dead_sender_goes_on_after_a_minute(
    store: Store, clock: Clock, adapter: SlowAdapter, sender: Senders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(senders, "EXTEND_SECONDS", 0)
    await put(store)
    sending = asyncio.create_task(sender.settle())
    await adapter.begun.wait()
    clock.pass_(seconds=LEASE_SECONDS)
    assert await left(store) == [0]
    adapter.answers.set()
    await sending


@pytest.mark.parametrize(("media", "attempts"), [(VIDEO, 0), (None, 1)], ids=["a file", "a text"])
async def test_a_stop_breaks_a_file_off_and_leaves_it_for_the_next_start(
    store: Store,
    clock: Clock,
    adapter: SlowAdapter,
    sender: Senders,
    monkeypatch: pytest.MonkeyPatch,
    media: Media | None,
    attempts: int,
) -> None:
    monkeypatch.setattr(senders, "STOP_SECONDS", 0)
    await put(store, media)
    running = asyncio.create_task(sender.run())
    await adapter.begun.wait()
    running.cancel()
    async with asyncio.timeout(PATIENCE):
        await asyncio.wait([running])
    clock.pass_(seconds=round(carrier.LATER.after))
    assert await left(store) == [attempts]
