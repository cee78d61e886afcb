"""What `doctor` says of the newsroom's Matrix rooms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote

import msgspec
import pytest

from bot.errors import PlatformError
from bot.outcomes import Delivered
from bot.platforms.matrix.adapter import MatrixAdapter
from bot.texts.fluent import Texts
from bot.texts.rich import Rich
from bot.types import Content, Show
from storage.address import Account, Address
from storage.private import Private
from storage.store import Store
from tests.homeserver.synapse import Synapse
from tests.integration.matrix.loop_stage import Person
from tests.integration.platforms.contract import NO_FILES
from tests.integration.platforms.matrix_stage import MatrixDesk, address

MEMBERS_ONLY = {"users_default": 0, "events_default": 50}


@pytest.fixture
async def desk(synapse: Synapse, on_sqlite: Store, texts: Texts) -> MatrixDesk:
    return await MatrixDesk.made(synapse, on_sqlite, texts)


@pytest.fixture
async def adapter(desk: MatrixDesk) -> AsyncIterator[MatrixAdapter]:
    """Started; the bot is in the editors' room."""
    adapter = desk.adapter()
    await adapter.start()
    await enters(adapter, desk.room)
    yield adapter
    await adapter.stop()


async def enters(adapter: MatrixAdapter, room: Address) -> None:
    await adapter._there.client.call("POST", f"v3/join/{quote(room.chat.reveal())}", body={})


def account(person: Person) -> Account:
    return Account(platform="matrix", person=Private(person.user))


async def broken(adapter: MatrixAdapter) -> list[str]:
    return [finding.what for finding in await adapter.check() if not finding.ok]


async def test_an_editors_room_must_be_private_encrypted_and_let_the_bot_delete(
    desk: MatrixDesk, adapter: MatrixAdapter
) -> None:
    room = desk.room.chat.reveal()
    assert await broken(adapter) == ["Matrix: the editors' room: the bot may delete messages"]
    levels = {"users": {desk.settings.user: 50}}
    await desk.editor.states(room, "m.room.power_levels", levels)
    assert await broken(adapter) == []
    await desk.editor.states(room, "m.room.join_rules", {"join_rule": "public"})
    assert await broken(adapter) == ["Matrix: the editors' room is private"]


async def test_doctor_looks_without_a_running_service(desk: MatrixDesk) -> None:
    found = await desk.adapter().check()
    assert found[0].what == f"Matrix: our session ({desk.settings.user})"
    assert found[0].ok
    assert len(found) > 5


async def test_a_published_room_must_be_open_plain_and_the_newsroom_s_alone(desk: MatrixDesk) -> None:
    body = {"preset": "private_chat", "invite": [desk.settings.user]}
    room = str((await desk.editor.ask("POST", "v3/createRoom", body))["room_id"])
    desk.settings = msgspec.structs.replace(desk.settings, editors_room=None, channels={"ru": room})
    adapter = desk.adapter()
    await adapter.start()
    try:
        assert await broken(adapter) == ["Matrix: the room for ru can be found"]
        await enters(adapter, address(room))
        assert len(await broken(adapter)) == 3
        await desk.editor.states(room, "m.room.join_rules", {"join_rule": "public"})
        await desk.editor.states(room, "m.room.history_visibility", {"history_visibility": "world_readable"})
        users = {desk.settings.user: 50}
        await desk.editor.states(room, "m.room.power_levels", {**MEMBERS_ONLY, "users": users})
        assert await broken(adapter) == []
        show = Show(content=Content(text=Rich.plain("A story")))
        assert isinstance(await adapter.perform(show, address(room), None, NO_FILES, ""), Delivered)
    finally:
        await adapter.stop()


async def test_whether_a_stranger_s_room_has_somebody_in_it_can_t_be_learnt(
    desk: MatrixDesk, adapter: MatrixAdapter
) -> None:
    room = str((await desk.editor.ask("POST", "v3/createRoom", {"preset": "private_chat"}))["room_id"])
    with pytest.raises(PlatformError):
        await adapter.is_member(address(room), account(desk.editor))


async def test_who_made_a_room_may_do_all_there(desk: MatrixDesk) -> None:
    adapter = desk.adapter()
    await adapter.start()
    made = await adapter._there.client.call("POST", "v3/createRoom", body={"preset": "private_chat"})
    await adapter.stop()
    desk.settings = msgspec.structs.replace(desk.settings, editors_room=str(made["room_id"]))
    assert await broken(desk.adapter()) == ["Matrix: the editors' room is encrypted"]


async def test_who_is_only_invited_is_no_member(desk: MatrixDesk, adapter: MatrixAdapter, anna: Person) -> None:
    room = desk.room.chat.reveal()
    await desk.editor.ask("POST", f"v3/rooms/{quote(room)}/invite", {"user_id": anna.user})
    assert not await adapter.is_member(desk.room, account(anna))
    await anna.joins(room)
    assert await adapter.is_member(desk.room, account(anna))
