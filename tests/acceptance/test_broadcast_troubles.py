"""A broadcast to 20,000 readers at 1000 a second on a Telegram that fails in every way it has: it ends by itself, and
every reader is accounted for. Then it is taken back on no better a day: it goes from every chat, or says what it was.
Only messages can be paid for: to take them back takes as long as anywhere, 30 a second.
"""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from handlers.broadcasting.titles import RETRACTION, STORY
from storage.broadcast import Progress, State
from storage.counts import Counts
from storage.ids import StoryId
from tests.acceptance.broadcast_kills import TEXT, take_back, turn
from tests.acceptance.scene import AUTHOR, FIRST_READER, Scene, address
from tests.acceptance.service import Service
from tests.bench.readers import put_readers
from tests.integration.flows.library import come_out

READERS = range(FIRST_READER, FIRST_READER + 20_000)
BLOCKED = READERS[::20]
"""5 % have blocked the bot, and nobody has told the service."""
LATE = READERS[1::100]
"""Their copies are too old to be deleted when the story is taken back."""
TOO_OLD_SECONDS = 49 * 3600
WITHDRAWN = "Эта история снята с публикации."
METHODS = ("sendMessage", "deleteMessages", "deleteMessage", "editMessageText")
OUTAGE_SECONDS, SECOND_OUTAGE_SECONDS = 60.0, 15.0
"""It answers by a proxy's page, and at last cuts every connection."""
_PATIENCE = 1500.0


@pytest.mark.soak
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_every_reader_is_accounted_for(scene: Scene) -> None:
    config = scene.home.config
    config.write_text(config.read_text().replace("[telegram]\n", "[telegram]\npaid_broadcasts = true\n"))
    scene.fake.limits.strict(per_second=1000)
    scene.bot.crowd(READERS[0], len(READERS))
    for reader in BLOCKED:
        scene.bot.chat_with(scene.fake.person(reader).account).blocked = True
    story = await begin(scene)
    service = Service(scene.home, scene.fake)
    try:
        await service.start()
        trouble(scene)
        outage = asyncio.create_task(go_away(scene, "sendMessage", OUTAGE_SECONDS))
        known = await end_of(scene, STORY, story)
        await outage
        heard = who_sees(scene, TEXT)
        make_old(scene)
        await take_back(scene, story)
        outage = asyncio.create_task(go_away(scene, "deleteMessages", SECOND_OUTAGE_SECONDS))
        taken_back = await end_of(scene, RETRACTION, story)
        await outage
        await service.stop()
    finally:
        await service.abandon()
    counts = known.counts
    print(counts, taken_back.counts)
    assert counts.all == known.total == len(READERS)
    assert (counts.failed, counts.skipped, max(heard.values())) == (0, 0, 1)
    assert counts.sent <= heard.total() <= counts.sent + counts.unknown
    assert len(BLOCKED) - counts.unknown <= counts.blocked <= len(BLOCKED)
    async with scene.home.store() as store, store.read() as tx:
        assert await tx.subscribers.count("ru") == len(READERS) - counts.blocked
    still_there, withdrawn = who_sees(scene, TEXT), who_sees(scene, WITHDRAWN)
    assert withdrawn.keys() <= set(LATE)
    assert taken_back.counts == Counts(sent=counts.sent - withdrawn.total(), replaced=withdrawn.total())
    assert still_there.total() == heard.total() - counts.sent, "whoever may have got it, as nobody heard of it"


async def begin(scene: Scene) -> StoryId:
    await scene.home.found()
    async with scene.home.store() as store:
        await put_readers(store, READERS[0], len(READERS), "ru")
        async with store.write() as tx:
            return (await come_out(turn(tx), TEXT, address(AUTHOR))).id


def trouble(scene: Scene) -> None:
    """1 % are told to wait, 0.5 % never hear whether it has arrived."""
    faults = scene.fake.faults
    for method in METHODS:
        for seconds, share in ((1, 0.004), (8, 0.003), (30, 0.003)):
            faults.too_many(seconds, method=method, times=None, probability=share)
        for applied in (True, False):
            faults.silence(applied, method=method, times=None, probability=0.0025)


async def go_away(scene: Scene, method: str, seconds: float) -> None:
    """In the middle."""
    await scene.fake.ledger.applied(method, 5000, within=_PATIENCE)
    page = scene.fake.faults.html(502, times=None)
    await asyncio.sleep(seconds)
    scene.fake.faults.rules.remove(page)
    scene.fake.faults.refuse_all(3.0)


def make_old(scene: Scene) -> None:
    for reader in LATE:
        for message in scene.bot.chat_with(scene.fake.person(reader).account).messages.values():
            message.date -= TOO_OLD_SECONDS


async def end_of(scene: Scene, kind: str, story: StoryId) -> Progress:
    """Fails when it does not end by itself."""
    async with scene.home.store() as store, asyncio.timeout(_PATIENCE):
        while True:
            async with store.read() as tx:
                (broadcast,) = await tx.broadcasts.of(kind, story)
                known = await tx.broadcasts.progress(broadcast)
            assert broadcast.state in (State.RUNNING, State.FINISHED), (broadcast.state, broadcast.why, known)
            if broadcast.state is State.FINISHED:
                await scene.settled()
                return known
            await asyncio.sleep(0.5)


def who_sees(scene: Scene, words: str) -> Counter[int]:
    """How often they stand in each reader's chat."""
    seen = {reader: scene.fake.person(reader).sees(scene.bot) for reader in READERS}
    return +Counter({reader: sum(words in one.text for one in theirs) for reader, theirs in seen.items()})
