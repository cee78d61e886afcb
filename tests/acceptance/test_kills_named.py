"""Killed by SIGKILL at points with names: the outcome is that of a calm day."""

from __future__ import annotations

import asyncio
import signal

import pytest

from tests.acceptance.conftest import OpenScene
from tests.acceptance.kills import READERS, Plan, calm_day, journey, journey_beside, judge, killable, killable_at
from tests.acceptance.scene import AUTHOR, Scene
from tests.acceptance.service import Service
from tests.databases import BOTH_BUT_POSTGRESQL_IN_SOAK

ONCE_EACH: Plan = (
    ("committed, not confirmed to Telegram", 2),
    ("turn done, not committed", 3),
    ("sent, not taken off", 3),
)
"""Once on the way in, once at work, once on the way out."""
COMING_IN: Plan = (
    ("arrived, not committed", 2),
    ("committed, not confirmed to Telegram", 2),
    ("turn done, not committed", 3),
    ("turn committed", 5),
    ("arrived, not committed", 5),
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
    ("end of a shard", 1),
)
GOING_OUT: Plan = (
    ("sent, not taken off", 3),
    ("sent, not taken off", 6),
    ("sent, not taken off", 9),
    ("sent, not taken off", 12),
)


@BOTH_BUT_POSTGRESQL_IN_SOAK
@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(ONCE_EACH, id="once each"),
        pytest.param(COMING_IN, id="coming in", marks=pytest.mark.soak),
        pytest.param(WORKING, id="working", marks=pytest.mark.soak),
        pytest.param(GOING_OUT, id="going out", marks=pytest.mark.soak),
    ],
)
async def test_killed_at_a_point_with_a_name(scene: Scene, open_scene: OpenScene, plan: Plan) -> None:
    calm = await calm_day(open_scene)
    async with killable(scene, plan) as (service, book):
        await service.start()
        killed = await journey_beside(scene, service.keep_alive())
        await service.stop()
    verdict = judge(calm, killed, book)
    print(verdict)
    assert verdict.kills == len(plan)


@pytest.mark.soak
async def test_killed_when_telegram_has_accepted(scene: Scene, open_scene: OpenScene) -> None:
    """The author's prompt, the card, the post in the channel, a reader's copy: each is there, and nobody was told."""
    calm = await calm_day(open_scene)
    chats = (AUTHOR, scene.editors.id, scene.channel.id, READERS[4])
    async with killable(scene) as (service, book):
        await service.start()
        killed = await journey_beside(scene, kill_when_accepted(scene, service, chats))
        await service.stop()
    verdict = judge(calm, killed, book)
    print(verdict)
    assert verdict.kills == len(chats)
    assert verdict.copies.keys() >= set(chats) - {AUTHOR}  # who has had everything deleted


async def kill_when_accepted(scene: Scene, service: Service, chats: tuple[int, ...]) -> None:
    holds = [scene.fake.hold("sendMessage", "after_apply", chat) for chat in chats]
    for hold in holds:
        await hold.reached()
        await service.kill()
        hold.release()
        await service.start()


@pytest.mark.soak
async def test_killed_while_keys_are_changed_beside_the_service(scene: Scene, open_scene: OpenScene) -> None:
    calm = await calm_day(open_scene)
    async with killable(scene) as (service, book):
        await service.start()
        killed, _ = await asyncio.gather(journey(scene), rotate_with_kills(scene))
        await service.stop()
        await service.start()
        await scene.settled()
        await service.stop()
    verdict = judge(calm, killed, book)
    assert (verdict.kills, verdict.copies) == (0, {})


async def rotate_with_kills(scene: Scene) -> None:
    points = ("new key in the ring", "new key in force", "keys moved, not committed", "some keys moved")
    for point in (*points, "all keys moved"):
        code, said = await scene.home.run("keys", "rotate", program=killable_at(point, 1))
        assert code == -signal.SIGKILL, said
    code, said = await scene.home.run("keys", "rotate", program=killable_at("nowhere", 1))
    assert code == 0
    assert "every older key is destroyed" in said
