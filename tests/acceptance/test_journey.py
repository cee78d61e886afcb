"""A story travels through the real process: told, asked about, edited, agreed to, approved, out to 200 readers."""

from __future__ import annotations

import asyncio
import re

import pytest

from storage.address import Account
from storage.private import Private
from tests.acceptance.betrayals import betrayals
from tests.acceptance.conftest import OpenScene
from tests.acceptance.journey import People, Script, travel
from tests.acceptance.markers import files_under, scan
from tests.acceptance.scene import FEW_BYTES, FIRST_READER, Human, Scene, address
from tests.acceptance.service import Service

READERS = 200
BY_CONVERSATION = 5
"""So many subscribe by talking to the bot; the others are put into the store, which takes no minutes."""


@pytest.mark.soak
async def test_a_story_travels_through_the_real_process(open_scene: OpenScene) -> None:
    """On both engines at once, because Telegram's limits make it a minute of waiting."""
    async with open_scene("sqlite") as here, open_scene("postgresql") as there, asyncio.TaskGroup() as both:
        both.create_task(story_travels(here))
        both.create_task(story_travels(there))


async def story_travels(scene: Scene) -> None:
    scene.fake.limits.strict()
    service = Service(scene.home, scene.fake)
    try:
        await service.start()
        people = People.gather(scene)
        await asyncio.gather(enrol(scene, people.anna, "Анна"), enrol(scene, people.boris, "Борис"))
        readers = [FIRST_READER + number for number in range(READERS - len(FEW_BYTES))] + list(FEW_BYTES)
        others = [scene.person(reader, "chitatel") for reader in readers[2:BY_CONVERSATION]]
        await asyncio.gather(*(subscribe(reader) for reader in (people.leaver, people.blocker, *others)))
        await put_in_store(scene, readers[BY_CONVERSATION:])

        script = Script.long()
        refused: list[int] = []
        told, published, deleted = await travel(
            scene, people, script, readers, lambda: refused.append(scene.bot.tally().refused)
        )

        assert all(script.story[0][:40] not in line.text for line in told[people.author.person.id])
        reached = [reader for reader in readers if any(script.edited[:80] in line.text for line in published[reader])]
        away = {people.blocker.person.id, people.lost.id}
        assert set(reached) == set(readers) - away
        assert all(published[reader].total() == deleted[reader].total() for reader in readers[BY_CONVERSATION:])
        assert [line.text[:6] for line in deleted[people.author.person.id]] == ["Готово"]
        assert refused[0] == 0  # nobody is written to faster than once a second; a broadcast may be told to wait
        async with scene.home.store() as store, store.read() as tx:
            assert await tx.subscribers.count("ru") == READERS - len(away) - 1
        await service.stop()
    finally:
        await service.abandon()
    assert " ERROR " not in scene.home.log.read_text()
    places = [*scene.home.places, *await scene.home.database_places()]
    assert scan(betrayals(scene, people, script, readers), files_under(*places, since=scene.home.begun)) == []


async def enrol(scene: Scene, editor: Human, name: str) -> None:
    scene.editors.admits(editor.person)
    exit_code, said = await scene.home.run("editors", "enrol", name)
    found = re.search(r"^Code: (\S+)$", said, re.MULTILINE)
    assert exit_code == 0
    assert found
    await editor.says(f"/enrol {found.group(1)}")
    await editor.expects("Теперь вы редактор")


async def subscribe(reader: Human) -> None:
    await reader.says("/start")
    await reader.presses("Читать истории")
    await reader.presses("Русский")
    await reader.expects("Вы подписаны на истории.")


async def put_in_store(scene: Scene, readers: list[int]) -> None:
    for reader in readers:
        scene.bot.crowd(reader, 1)
    async with scene.home.store() as store, store.write() as tx:
        for reader in readers:
            account = Account(platform="telegram", person=Private(str(reader)))
            await tx.subscribers.join(account, address(reader), "ru")
