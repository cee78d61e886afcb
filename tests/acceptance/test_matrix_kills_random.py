"""Killed by SIGKILL at 30 random moments of three journeys on Matrix: the outcome is that of a calm day."""

from __future__ import annotations

import random

import pytest

from tests.acceptance.matrix_kills import begin_day, calm_day, judge
from tests.databases import MakeNewsroom
from tests.homeserver.synapse import Synapse

pytestmark = [
    pytest.mark.soak,
    pytest.mark.timeout(600),
]

ACTS = 48
"""Things that people do on the journey, but for the last few: a kill needs its time."""
LONGEST_DELAY = 0.5
"""seconds from what a person did; by then it has long been answered"""


@pytest.mark.parametrize(("engine", "seed", "kills"), [("sqlite", 1, 6), ("sqlite", 2, 12), ("postgresql", 3, 12)])
async def test_killed_at_random_moments(
    synapse: Synapse, make_newsroom: MakeNewsroom, engine: str, seed: int, kills: int
) -> None:
    dice = random.Random(seed)
    moments = {act: dice.uniform(0, LONGEST_DELAY) for act in sorted(dice.sample(range(1, ACTS + 1), kills))}
    print(f"seed {seed}: " + ", ".join(f"{delay * 1000:.0f} ms after act {act}" for act, delay in moments.items()))
    calm = await calm_day(make_newsroom("sqlite"), synapse)
    async with begin_day(make_newsroom(engine), synapse) as day:
        killed = await day.journey_with(day.kill_at(moments))
    judge(calm, killed)
    assert day.service.deaths == kills
