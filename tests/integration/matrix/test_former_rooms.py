"""A person's room was upgraded: what was said in the old one is erased like the rest, and then it is left."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

import pytest

from bot.outcomes import Delivered
from bot.platforms.matrix.ids import UserId
from bot.types import Erase, Show
from tests.integration.platforms.contract import NO_FILES, shown, text
from tests.integration.platforms.keeper import Keeper, running
from tests.integration.platforms.matrix_stage import MatrixStage, StagedAdapter
from tests.patience import PATIENCE

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_was_said_before_a_room_was_upgraded_is_erased_too(stage: MatrixStage) -> None:
    old = stage.direct.room_id
    keeper = Keeper()
    async with running(stage.adapter(), keeper) as adapter:
        assert isinstance(adapter, StagedAdapter)
        await stage.says("Hello")
        await keeper.got(1)
        said = [await shown(stage, adapter, Show(content=text("in the old room")))]
        new = await _upgraded(stage)
        async with asyncio.timeout(PATIENCE):
            while adapter._there.directs.room_of(UserId(stage.anna.user_id)) != new:  # noqa: ASYNC110 - it makes no sound
                await asyncio.sleep(0.02)
        said.append(await shown(stage, adapter, Show(content=text("in the new room"))))

        erased = await adapter.perform(Erase(references=tuple(said)), stage.chat, None, NO_FILES, "")
        assert erased == Delivered()
        for room, reference in zip((old, new), said, strict=True):
            path = f"/_matrix/client/v3/rooms/{quote(room)}/event/{quote(reference.message.reveal())}"
            status, found = await stage.anna.request("GET", path)
            assert (status, found["content"]) == (200, {})

        assert stage.settings.user in (await stage.anna.chat(old).facts()).members
        await adapter.perform(Erase(references=tuple(said), everything=True), stage.chat, None, NO_FILES, "")
        await stage.anna.chat(old).waits_for_room(lambda room: stage.settings.user not in room.members)
        assert stage.settings.user in (await stage.anna.chat(new).facts()).members


async def _upgraded(stage: MatrixStage) -> str:
    """Anna's direct room in its new version, to which the bot is invited."""
    wanted = {"new_version": "12", "additional_creators": [stage.settings.user]}  # else it has no rights there
    path = f"/_matrix/client/v3/rooms/{quote(stage.direct.room_id)}"
    status, found = await stage.anna.request("POST", f"{path}/upgrade", wanted)
    assert status == 200, found
    room = str(found["replacement_room"])
    invitation = {"user_id": stage.settings.user}
    status, said = await stage.anna.request("POST", f"/_matrix/client/v3/rooms/{quote(room)}/invite", invitation)
    assert status == 200, said
    return room
