"""Reactions that open cards: each is taken back once it was heard, so that the same one can be used again."""

from __future__ import annotations

import pytest

from bot.platforms.matrix.speaking.choices import OPENINGS
from bot.texts.rich import Rich
from bot.types import Called, Content, Opening, Show
from tests.integration.platforms.contract import NO_FILES
from tests.integration.platforms.keeper import Keeper, running
from tests.integration.platforms.matrix_stage import MatrixStage

pytestmark = pytest.mark.asyncio(loop_scope="module")

CARD = Show(content=Content(text=Rich.plain("new"), buttons=((Opening(label="Open the story", payload="s-1"),),)))


async def test_an_editor_opens_a_card_again_by_the_same_reaction(stage: MatrixStage) -> None:
    await stage.joins_room()
    await _empowers(stage)
    keeper = Keeper()
    async with running(stage.adapter(), keeper) as adapter:
        await stage.says("Hello")
        await keeper.got(1)
        room = stage.anna.chat(stage.room.chat.reveal())
        await room.waits_for_room(lambda facts: facts.encrypted)
        await adapter.perform(CARD, stage.room, None, NO_FILES, "")
        card = await room.waits(
            lambda seen: next((one.event_id for one in seen if OPENINGS in one.content), None), "a card"
        )
        for times in (1, 2):
            await room.reacts(card, "1️⃣")
            await keeper.got(1 + times)
            await room.waits(lambda seen: not any(one.reactions for one in seen) or None, "nothing below the card")
    assert [type(event.body) for event in keeper.events[1:]] == [Called, Called]


async def _empowers(stage: MatrixStage) -> None:
    """The bot may delete messages in the editors' room, as `doctor` asks for."""
    levels = {"users": {stage.settings.user: 50}}  # without who made the room: they stand above all levels
    answer = await stage.editor.states(stage.room.chat.reveal(), "m.room.power_levels", levels)
    assert "event_id" in answer, answer
