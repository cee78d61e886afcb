"""Killed by SIGKILL at random moments, 16 on each engine, in `make soak`: the outcome is that of a calm day."""

from __future__ import annotations

import asyncio
import random
from functools import partial

import pytest

from tests.acceptance.conftest import OpenScene
from tests.acceptance.kills import calm_day, journey, judge, killable
from tests.acceptance.scene import Scene
from tests.acceptance.service import Service

ACTS = 35
"""Things that people do on the short journey, but for the last few: a kill needs its time."""
KILLS = 8
LONGEST_DELAY = 0.15
"""seconds from what a person did; by then it has long been answered"""
SEEDS = {"sqlite": (1, 2), "postgresql": (3, 4)}


@pytest.mark.soak
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
@pytest.mark.parametrize("number", [0, 1], ids=["first", "second"])
async def test_killed_at_random_moments(scene: Scene, open_scene: OpenScene, engine: str, number: int) -> None:
    seed = SEEDS[engine][number]
    dice = random.Random(seed)
    moments = {act: dice.uniform(0, LONGEST_DELAY) for act in sorted(dice.sample(range(1, ACTS + 1), KILLS))}
    print(f"seed {seed}: " + ", ".join(f"{delay * 1000:.0f} ms after act {act}" for act, delay in moments.items()))
    calm = await calm_day(open_scene)
    async with killable(scene) as (service, book):
        await service.start()
        async with asyncio.TaskGroup() as both:
            both.create_task(kill_at(scene, service, moments))
            killed = both.create_task(journey(scene))
        await scene.settled()
        await service.stop()
    verdict = judge(calm, killed.result(), book)
    print(verdict)
    assert verdict.kills == KILLS


async def kill_at(scene: Scene, service: Service, moments: dict[int, float]) -> None:
    """moments: number of an act → seconds after it."""
    for act, delay in moments.items():
        await scene.fake.wait_for(partial(_has_come, scene, act))
        await asyncio.sleep(delay)
        await service.kill()
        await service.start()


def _has_come(scene: Scene, act: int) -> bool:
    return scene.acts >= act
