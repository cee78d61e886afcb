"""Killed by SIGKILL between the keys' store and the cursor, and around the other steps: what came is told once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

import pytest

from tests.acceptance import words
from tests.acceptance.matrix_scene import open_matrix_scene
from tests.acceptance.service import Announced
from tests.databases import MakeNewsroom
from tests.homeserver.synapse import Synapse

PLAN = (
    ("synced, nothing stored", 3),
    ("keys written, cursor not", 3),
    ("committed, not confirmed to the homeserver", 3),
    ("turn done, not committed", 2),
    ("sent, not taken off", 2),
)


@pytest.mark.soak
async def test_killed_between_keys_and_cursor(synapse: Synapse, make_newsroom: MakeNewsroom) -> None:
    """Each message is answered once; on Matrix a repeated send is the same event, so not even a copy is allowed."""
    lives = iter(PLAN)

    def program() -> Sequence[str]:
        point, time = next(lives, ("nowhere", 1))
        return ("-m", "tests.acceptance.matrix_killable", point, str(time))

    async with open_matrix_scene(make_newsroom("sqlite"), synapse) as scene:
        service = Announced(scene.home, program)
        author = await scene.human("avtor")
        parts = [words.story(200, seed) for seed in range(1, 9)]
        try:
            await service.start()
            async with asyncio.TaskGroup() as both:
                alive = both.create_task(service.keep_alive())
                await author.meets()
                await author.says("!start")
                for label in ("Рассказать историю", "Понимаю, начать", "Коротко и свободно"):
                    await author.presses(label)
                await author.expects("Расскажите свою историю")
                for part in parts:
                    await author.says(part)
                    await author.expects("Пока в истории")
                await scene.settled()
                alive.cancel()
            await service.stop()
        finally:
            await service.abandon()
        seen = await author.chat.sees()
        last = [one.text for one in seen if one.sender == scene.bot][-1]
        assert [one.kind for one in seen if one.kind == "undecryptable"] == []
        told = re.search(r"Пока в истории ([\d\s]+) знак", last)
        assert told
        assert int(re.sub(r"\s", "", told.group(1))) == sum(map(len, parts))
    assert service.deaths == len(PLAN)
