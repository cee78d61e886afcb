"""Two workers on one newsroom, as processes of their own: one is killed, the other goes on where it was."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.acceptance.conftest import OpenScene
from tests.acceptance.kills import READERS, Book, calm_day, fill, journey_beside, judge, killable_at
from tests.acceptance.scene import AUTHOR, Scene
from tests.acceptance.service import Announced


@asynccontextmanager
async def two_workers(scene: Scene) -> AsyncIterator[tuple[list[Announced], Book]]:
    """The first of them asks Telegram for messages."""
    book = scene.fake.ledger = Book(scene)
    await fill(scene, READERS)
    workers = [
        Announced(scene.home, lambda: killable_at("nowhere", 1), on_death=book.death, command="worker")
        for _ in range(2)
    ]
    try:
        for worker in workers:
            await worker.start()
        yield workers, book
    finally:
        for worker in workers:
            await worker.abandon()


@pytest.mark.soak
async def test_the_one_that_asks_for_messages_is_killed_in_the_middle_of_a_story(open_scene: OpenScene) -> None:
    async with open_scene("postgresql") as scene, two_workers(scene) as (workers, _):
        polling, other = workers
        author = scene.person(AUTHOR, "avtor")
        await author.says("/start")
        await author.presses("Рассказать историю")
        await author.expects("Telegram знает")
        await polling.kill()
        await author.presses("Понимаю, начать")
        await author.presses("Коротко и свободно")
        await author.expects("Расскажите свою историю")
        await other.stop()
        assert scene.home.log.read_text().count("telegram:main: this worker is on duty") == 2


@pytest.mark.soak
async def test_whoever_asks_for_messages_is_killed_again_and_again(open_scene: OpenScene) -> None:
    """The whole journey; a killed worker comes back, and by then the other one is on duty."""
    calm = await calm_day(open_scene)
    async with open_scene("postgresql") as scene, two_workers(scene) as (workers, book):
        killed = await journey_beside(scene, kill_by_turns(scene, workers))
    verdict = judge(calm, killed, book)
    print(verdict)
    assert verdict.kills >= 2


async def polls(scene: Scene, times: int) -> None:
    counts = scene.fake.ledger.counts("getUpdates")
    enough = counts.started + times
    await scene.fake.wait_for(lambda: counts.started >= enough)


async def kill_by_turns(scene: Scene, workers: list[Announced]) -> None:
    while True:
        for worker in workers:
            await polls(scene, 4)
            await worker.kill()
            await worker.start()
