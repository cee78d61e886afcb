"""A broadcast by the real service, which is killed by SIGKILL: 60 times an engine in `make soak`, at points with names
and at random moments. Nobody is left out, what comes twice was in flight at a kill, and the report adds up.
"""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import suppress

import pytest

from handlers.broadcasting.titles import RETRACTION
from storage.broadcast import State
from storage.counts import Counts
from storage.shards import LEASE_SECONDS
from tests.acceptance.broadcast_kills import LOST, Sending, killable_at, sending, take_back
from tests.acceptance.conftest import OpenScene
from tests.acceptance.kills import Plan
from tests.acceptance.scene import FIRST_READER, Scene
from tests.acceptance.service import Announced

soak = [pytest.mark.soak, pytest.mark.timeout(600)]
ONCE: Plan = (("many sent, none in the ledger", 1),)
EVERYWHERE: Plan = (
    ("broadcast begun, not cut", 1),
    ("cut into shards, not committed", 1),
    ("shard leased", 1),
    ("slots reserved", 5),
    ("sent to a reader, not in the ledger", 1),
    ("many sent, none in the ledger", 5),
    ("line written, not committed", 20),
    ("in the ledger", 30),
    ("end of a shard", 2),
    ("shard closed", 2),
    ("sent, not taken off", 1),
    ("many sent, none in the ledger", 3),
    ("sent to a reader, not in the ledger", 40),
    ("counted up, not committed", 1),
)
KILLS = 46
"""At random, on each engine: with those that have names, 60."""
READERS = 480


@pytest.mark.parametrize(
    ("engine", "plan", "readers"),
    [
        ("sqlite", ONCE, 12),
        pytest.param("sqlite", EVERYWHERE, READERS, marks=soak),
        pytest.param("postgresql", EVERYWHERE, READERS, marks=soak),
    ],
)
async def test_killed_at_a_point_with_a_name(scene: Scene, plan: Plan, readers: int) -> None:
    async with sending(scene, readers, plan) as (service, under_way):
        alive = asyncio.create_task(service.keep_alive())
        await under_way.ends()
        alive.cancel()
        with suppress(asyncio.CancelledError):
            await alive
    await under_way.judge()
    assert under_way.flights.deaths == len(plan)


@pytest.mark.soak
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("engine", "seed"), [("sqlite", 1), ("postgresql", 2)])
async def test_killed_at_random_moments(scene: Scene, seed: int) -> None:
    dice = random.Random(seed)
    moments = {reached: dice.uniform(0, 0.05) for reached in sorted(dice.sample(range(1, READERS - 20), KILLS))}
    plan = [(dice.choice(("nowhere", "nowhere, and the disk is slow")), 1) for _ in moments]
    async with sending(scene, READERS, plan) as (service, under_way):
        for reached, delay in moments.items():
            await scene.fake.ledger.applied("sendMessage", reached, within=60)
            await asyncio.sleep(delay)
            await service.kill()
            await service.start()
        await under_way.ends()
    await under_way.judge()
    assert under_way.flights.deaths == KILLS


@pytest.mark.soak
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_killed_when_telegram_has_accepted(scene: Scene) -> None:
    """A reader's message is there, and nobody was told: it comes once more, as nothing tells it from a lost one."""
    reader = FIRST_READER + 9
    hold = scene.fake.hold("sendMessage", "after_apply", reader)
    async with sending(scene, 20) as (service, under_way):
        await hold.reached(within=60)
        await service.kill()
        hold.release()
        await service.start()
        await under_way.ends()
    assert (await under_way.judge())[reader] == 1


@pytest.mark.soak
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_killed_while_a_story_is_taken_back(scene: Scene) -> None:
    """A copy that is gone already is gone: what was in flight at a kill is deleted once more."""
    async with sending(scene, 60) as (service, under_way):
        await under_way.ends()
        await take_back(scene, under_way.story)
        for reached in (1, 15, 30, 45):
            await scene.fake.ledger.applied("deleteMessages", reached, within=60)
            await service.kill()
            await service.start()
        await scene.settled()
    assert set(under_way.heard().values()) == {0}
    async with scene.home.store() as store, store.read() as tx:
        (broadcast,) = await tx.broadcasts.of(RETRACTION, under_way.story)
        known = await tx.broadcasts.progress(broadcast)
        assert (broadcast.state, known.counts) == (State.FINISHED, Counts(sent=60 - LOST))


@pytest.mark.soak
async def test_another_worker_goes_on_where_one_was_killed(open_scene: OpenScene) -> None:
    """Nobody starts the killed one again: what it had leased is free when its lease is over."""
    async with open_scene("postgresql") as scene:
        under_way = await Sending.of_a_story(scene, 200)
        killed, other = [
            Announced(scene.home, lambda: killable_at("nowhere", 1), on_death=under_way.flights.death, command="worker")
            for _ in range(2)
        ]
        try:
            await asyncio.gather(killed.start(), other.start())
            await scene.fake.ledger.applied("sendMessage", 60, within=60)
            await killed.kill()
            died = time.monotonic()
            await under_way.ends()
            await other.stop()
        finally:
            for worker in (killed, other):
                await worker.abandon()
        await under_way.judge(workers=2)
        last = under_way.flights.last_sent(under_way.readers)
        print(f"the last reader was sent to {last - died:.1f} s after the kill; a lease lasts {LEASE_SECONDS} s")
