"""What `doctor` says of the newsroom's Matrix rooms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote

import msgspec
import pytest

from bot.errors import PlatformError
from bot.platforms.matrix.adapter import MatrixAdapter
from bot.texts.fluent import Texts
from bot.texts.rich import Rich
from bot.types import Content, Delivered, Show
from tests.databases import MakeNewsroom
from tests.homeserver.synapse import Synapse
from tests.integration.platforms.contract import NO_FILES
from tests.integration.platforms.matrix_stage import MatrixStage, address, open_stage

MEMBERS_ONLY = {"users_default": 0, "events_default": 50}


@pytest.fixture
async def stage(synapse: Synapse, make_newsroom: MakeNewsroom, texts: Texts) -> AsyncIterator[MatrixStage]:
    newsroom = make_newsroom("sqlite")
    await newsroom.prepare()
    store = await newsroom.open()
    async with open_stage(synapse, store, texts) as opened:
        yield opened
    await store.close()


@pytest.fixture
async def adapter(stage: MatrixStage) -> AsyncIterator[MatrixAdapter]:
    adapter = stage.adapter()
    await adapter.start()
    yield adapter
    await adapter.stop()


async def broken(adapter: MatrixAdapter) -> list[str]:
    return [finding.what for finding in await adapter.check() if not finding.ok]


async def test_an_editors_room_must_be_private_encrypted_and_let_the_bot_delete(
    stage: MatrixStage, adapter: MatrixAdapter
) -> None:
    room = stage.room.chat.reveal()
    assert await broken(adapter) == ["Matrix: the editors' room: the bot may delete messages"]
    levels = {"users": {stage.settings.user: 50}}
    await stage.editor.states(room, "m.room.power_levels", levels)
    assert await broken(adapter) == []
    await stage.editor.states(room, "m.room.join_rules", {"join_rule": "public"})
    assert await broken(adapter) == ["Matrix: the editors' room is private"]


async def test_doctor_looks_without_a_running_service(stage: MatrixStage) -> None:
    found = await stage.adapter().check()
    assert found[0].what == f"Matrix: our session ({stage.settings.user})"
    assert found[0].ok
    assert len(found) > 5


async def test_a_published_room_must_be_open_plain_and_the_newsroom_s_alone(stage: MatrixStage) -> None:
    body = {"preset": "private_chat", "invite": [stage.settings.user]}
    room = str((await stage.editor.ask("POST", "v3/createRoom", body))["room_id"])
    stage.settings = msgspec.structs.replace(stage.settings, editors_room=None, channels={"ru": room})
    adapter = stage.adapter()
    await adapter.start()
    try:
        assert await broken(adapter) == ["Matrix: the room for ru can be found"]
        await adapter._there.client.call("POST", f"v3/join/{quote(room)}", body={})
        assert len(await broken(adapter)) == 3
        await stage.editor.states(room, "m.room.join_rules", {"join_rule": "public"})
        await stage.editor.states(room, "m.room.history_visibility", {"history_visibility": "world_readable"})
        users = {stage.settings.user: 50}
        await stage.editor.states(room, "m.room.power_levels", {**MEMBERS_ONLY, "users": users})
        assert await broken(adapter) == []
        show = Show(content=Content(text=Rich.plain("A story")))
        assert isinstance(await adapter.perform(show, address(room), None, NO_FILES), Delivered)
    finally:
        await adapter.stop()


async def test_whether_a_stranger_s_room_has_somebody_in_it_can_t_be_learnt(
    stage: MatrixStage, adapter: MatrixAdapter
) -> None:
    room = str((await stage.editor.ask("POST", "v3/createRoom", {"preset": "private_chat"}))["room_id"])
    with pytest.raises(PlatformError):
        await adapter.is_member(address(room), stage.person)


async def test_who_made_a_room_may_do_all_there(stage: MatrixStage) -> None:
    adapter = stage.adapter()
    await adapter.start()
    made = await adapter._there.client.call("POST", "v3/createRoom", body={"preset": "private_chat"})
    await adapter.stop()
    stage.settings = msgspec.structs.replace(stage.settings, editors_room=str(made["room_id"]))
    assert await broken(stage.adapter()) == ["Matrix: the editors' room is encrypted"]


async def test_who_is_only_invited_is_no_member(stage: MatrixStage, adapter: MatrixAdapter) -> None:
    path = f"v3/rooms/{quote(stage.room.chat.reveal())}/invite"
    await stage.editor.ask("POST", path, {"user_id": stage.anna.user_id})
    assert not await adapter.is_member(stage.room, stage.person)
