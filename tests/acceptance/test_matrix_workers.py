"""Two workers on one newsroom with a real Matrix, which one of them has at a time: it passes on with the device and all
its keys.
"""

from __future__ import annotations

import asyncio
import re

import pytest

from tests.acceptance import words
from tests.acceptance.matrix_scene import MatrixScene, open_matrix_scene
from tests.acceptance.service import Announced
from tests.databases import MakeNewsroom
from tests.homeserver.synapse import Synapse

ON_DUTY = "matrix: this worker is on duty"


@pytest.mark.soak
@pytest.mark.timeout(600)
async def test_whoever_has_matrix_is_killed_in_the_middle_of_a_story(
    synapse: Synapse, make_newsroom: MakeNewsroom
) -> None:
    async with open_matrix_scene(make_newsroom("postgresql"), synapse) as scene:
        first, second = [
            Announced(scene.home, lambda: ("-m", "tests.acceptance.matrix_killable", "nowhere", "1"), command="worker")
            for _ in range(2)
        ]
        author = await scene.human("avtor")
        parts = [words.story(200, seed) for seed in range(1, 7)]
        devices = await devices_of_the_bot(synapse, scene)
        try:
            await first.start()
            await has_been_taken(scene, 1)
            await second.start()
            await author.meets()
            await author.says("!start")
            for label in ("Рассказать историю", "Понимаю, начать", "Коротко и свободно"):
                await author.presses(label)
            await author.expects("Расскажите свою историю")
            terms = 1
            for part, dies in zip(parts, (first, second) * 3, strict=True):
                await dies.kill()
                await author.says(part)
                await author.expects("Пока в истории")
                terms += 1
                await has_been_taken(scene, terms)
                await dies.start()
            await scene.settled()
            for worker in (first, second):
                await worker.stop()
        finally:
            for worker in (first, second):
                await worker.abandon()
        seen = await author.chat.sees()
        assert [one.event_id for one in seen if one.kind == "undecryptable"] == []
        told = re.search(r"Пока в истории ([\d\s]+) знак", [one.text for one in seen if one.sender == scene.bot][-1])
        assert told
        assert int(re.sub(r"\s", "", told.group(1))) == sum(map(len, parts))
        assert await devices_of_the_bot(synapse, scene) == devices


async def has_been_taken(scene: MatrixScene, times: int) -> None:
    async with asyncio.timeout(60):
        while scene.log().count(ON_DUTY) < times:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)


async def devices_of_the_bot(synapse: Synapse, scene: MatrixScene) -> list[str]:
    found = await synapse.admin("GET", f"/_synapse/admin/v2/users/{scene.bot}/devices")
    return [str(device["device_id"]) for device in found["devices"]]
