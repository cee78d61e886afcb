"""A story travels through the real process on a real homeserver; its people use another client, signed devices only."""

from __future__ import annotations

import re

from tests.acceptance.journey import Script
from tests.acceptance.markers import files_under, scan
from tests.acceptance.matrix_betrayals import betrayals
from tests.acceptance.matrix_human import MatrixHuman
from tests.acceptance.matrix_journey import Public, meet, subscribe, travel
from tests.acceptance.matrix_scene import MatrixScene, open_matrix_scene
from tests.acceptance.service import Announced
from tests.databases import BOTH_BUT_POSTGRESQL_IN_SOAK, MakeNewsroom
from tests.homeserver.synapse import Synapse


@BOTH_BUT_POSTGRESQL_IN_SOAK
async def test_a_story_travels_through_the_real_process(
    synapse: Synapse, make_newsroom: MakeNewsroom, engine: str
) -> None:
    async with open_matrix_scene(make_newsroom(engine), synapse) as scene:
        service = Announced(scene.home)
        script = Script.short()
        looked = 0

        def look() -> None:
            nonlocal looked
            looked += 1
            assert scan(markers, files_under(*scene.home.places, since=scene.home.begun)) == []

        try:
            await service.start()
            public = await Public.gather(scene)
            await meet([*public.everybody, scene.anna, scene.boris])
            markers = await betrayals(scene, public, script, synapse.tokens_of(scene.bot))
            for editor in (scene.anna, scene.boris):
                await enrol(scene, editor)
            for reader in (public.leaver, public.gone, *public.readers):
                await subscribe(reader)
            told, published, deleted = await travel(scene, public, script, look)
            await service.stop()
        finally:
            await service.abandon()
        look()
        places = [*scene.home.places, *await scene.home.database_places()]
        assert scan(markers, files_under(*places, since=scene.home.begun)) == []
        assert " ERROR " not in scene.log()

    assert looked == 4
    assert all(script.story[0][:40] not in line.text for line in told[public.author.name])
    assert any(script.edited[:80] in line.text for line in published["channel"])
    assert [line.text[:6] for line in deleted[public.author.name]] == ["Готово"]


async def enrol(scene: MatrixScene, editor: MatrixHuman) -> None:
    exit_code, said = await scene.home.run("editors", "enrol", editor.name)
    found = re.search(r"^Code: (\S+)$", said, re.MULTILINE)
    assert exit_code == 0
    assert found
    await editor.says(f"!enrol {found.group(1)}")
    await editor.expects("Теперь вы редактор")
