"""Direct pushes and a room on Matrix, under limits that Synapse itself enforces, by a service that is killed 20 times:
every story stands in every chat once, and in the order in which they came out.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Sequence

import pytest

from bot.rooms import Rooms
from handlers.broadcasting.titles import STORY
from handlers.publication.channels import put_up
from storage.address import Address
from storage.broadcast import State
from storage.ids import StoryId
from storage.private import Private
from tests.acceptance.broadcast_kills import turn
from tests.acceptance.matrix_human import MatrixHuman
from tests.acceptance.matrix_kills import greet
from tests.acceptance.matrix_scene import MatrixScene, open_matrix_scene
from tests.acceptance.service import Announced
from tests.databases import MakeNewsroom
from tests.homeserver.chat import Seen
from tests.homeserver.synapse import Synapse
from tests.integration.flows.library import come_out

READERS, KILLS, KILLS_A_STORY = 20, 20, 7
PER_SECOND, BURST = 3, 3
LONGEST_LIFE = 3.0
"""Seconds."""


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("engine", ["sqlite"])
async def test_each_story_comes_once_and_in_its_order(
    synapse: Synapse, make_newsroom: MakeNewsroom, engine: str
) -> None:
    dice = random.Random(5)
    async with open_matrix_scene(make_newsroom(engine), synapse) as scene:
        service = Announced(scene.home, lambda: ("-m", "tests.acceptance.matrix_killable", "nowhere", "1"))
        readers = [await scene.human(f"reader{number}") for number in range(READERS)]
        try:
            await service.start()
            await subscribe(scene, readers)
            await slow_down(synapse, scene.bot)
            stories = 0
            while service.deaths < KILLS:
                stories, enough = stories + 1, min(KILLS, service.deaths + KILLS_A_STORY)
                story = await publish(scene, f"Повесть {stories}.")
                while await is_under_way(scene, story) and service.deaths < enough:
                    await asyncio.sleep(dice.uniform(0, LONGEST_LIFE))
                    await service.kill()
                    await service.start()
                while await is_under_way(scene, story):  # noqa: ASYNC110 - another process
                    await asyncio.sleep(0.2)
            await scene.settled()
            for reader in readers:
                await reader.expects(f"Повесть {stories}.")
            await scene.published(f"Повесть {stories}.")
            await service.stop()
        finally:
            await service.abandon()
        print(f"{stories} stories, {service.deaths} kills")
        for chat in (*(reader.chat for reader in readers), scene.channel):
            assert told(await chat.sees()) == list(range(1, stories + 1))


async def subscribe(scene: MatrixScene, readers: Sequence[MatrixHuman]) -> None:
    await greet(readers)
    async with scene.home.store() as store, store.write() as tx:
        for reader in readers:
            await tx.subscribers.join(reader.account, reader.address, "ru")
    await scene.settled()


async def slow_down(synapse: Synapse, user: str) -> None:
    limits = {"messages_per_second": PER_SECOND, "burst_count": BURST}
    await synapse.admin("POST", f"/_synapse/admin/v1/users/{user}/override_ratelimit", limits)


async def publish(scene: MatrixScene, text: str) -> StoryId:
    """In the room, and to every reader."""
    room = Address(platform="matrix", bot="main", chat=Private(scene.channel.room_id))
    async with scene.home.store() as store, store.write() as tx:
        by = turn(tx, Rooms(editors={}, channels={"ru": (room,)}))
        story = await come_out(by, text, scene.anna.address)
        await put_up(by, story)
        return story.id


async def is_under_way(scene: MatrixScene, story: StoryId) -> bool:
    async with scene.home.store() as store, store.read() as tx:
        (broadcast,) = await tx.broadcasts.of(STORY, story)
        assert broadcast.state in (State.RUNNING, State.FINISHED), (broadcast.state, broadcast.why)
        return broadcast.state is State.RUNNING


def told(seen: Sequence[Seen]) -> list[int]:
    assert [one.event_id for one in seen if one.kind == "undecryptable"] == []
    return [int(number) for one in seen for number in re.findall(r"Повесть (\d+)\.", one.text)]
