"""Killed by SIGKILL at points with names, all along a journey on Matrix: the outcome is that of a calm day."""

from __future__ import annotations

import pytest

from tests.acceptance.kills import Plan
from tests.acceptance.matrix_kills import begin_day, calm_day, judge
from tests.databases import MakeNewsroom
from tests.homeserver.synapse import Synapse

pytestmark = [
    pytest.mark.soak,
    pytest.mark.timeout(600),
]

COMING_IN: Plan = (
    ("synced, nothing stored", 4),
    ("keys written, cursor not", 4),
    ("committed, not confirmed to the homeserver", 4),
    ("turn done, not committed", 3),
    ("turn committed", 5),
    ("synced, nothing stored", 9),
    ("keys written, cursor not", 9),
    ("committed, not confirmed to the homeserver", 9),
    ("turn done, not committed", 7),
)
WORKING: Plan = (
    ("in the middle of a recording", 1),
    ("file job leased", 1),
    ("in the middle of a file", 1),
    ("file job done, not committed", 2),
    ("story came out, not committed", 1),
    ("sent to a reader, not in the ledger", 1),
    ("in the ledger", 1),
)
GOING_OUT: Plan = (
    ("sent, not taken off", 3),
    ("sent, not taken off", 6),
    ("sent, not taken off", 9),
    ("sent, not taken off", 12),
)


@pytest.mark.parametrize("plan", [COMING_IN, WORKING, GOING_OUT], ids=["coming in", "working", "going out"])
async def test_killed_at_a_point_with_a_name(
    synapse: Synapse, make_newsroom: MakeNewsroom, engine: str, plan: Plan
) -> None:
    calm = await calm_day(make_newsroom("sqlite"), synapse)
    async with begin_day(make_newsroom(engine), synapse, plan) as day:
        killed = await day.journey_with(day.service.keep_alive())
    judge(calm, killed)
    assert day.service.deaths == len(plan)
