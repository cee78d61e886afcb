"""Who leaves while a story is being sent does not get it any more."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.delivery.broadcasters import Broadcasters
from bot.flows.testing import Stage
from storage.tables import outbox, shards
from tests.integration.flows.people import STORY, Cast, subscribe


@asynccontextmanager
async def published_but_not_sent(cast: Cast) -> AsyncIterator[None]:
    """Inside, its broadcast has begun, and nobody was sent it yet; at the end it goes on."""
    anna, boris = await cast.editors()
    await cast.agree(cast.author, anna)
    await cast.open_card(anna)
    await anna.presses("Одобрить")
    await cast.open_card(boris)
    await boris.presses("Одобрить")
    for editor in (anna, boris):
        await cast.open_card(editor)
        await editor.presses("Выход и публикация")
    await anna.presses("Выпустить сегодня")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Broadcasters, "settle", _not_yet)
        await boris.presses("Выпустить сегодня")
        yield
    await cast.stage.settle()
    assert {outbox.name, shards.name}.isdisjoint(await cast.rows())
    assert [seen for seen in cast.stage.sees("channel-ru") if STORY in seen.text.text]


async def _not_yet(_broadcasters: Broadcasters) -> bool:
    return False


async def test_with_the_command(cast: Cast) -> None:
    await subscribe(cast.reader)
    async with published_but_not_sent(cast):
        await cast.reader.says("/leave")
    await cast.reader.expects("Вы отписались")
    assert [seen for seen in cast.reader.chat if STORY in seen.text.text] == []


async def test_with_everything_about_them(cast: Cast) -> None:
    await subscribe(cast.reader)
    await cast.reader.says("/delete")
    async with published_but_not_sent(cast):
        await cast.reader.presses("Да, удалить всё")
    assert [seen for seen in cast.reader.chat if STORY in seen.text.text] == []


async def test_by_blocking_the_bot(cast: Cast) -> None:
    await subscribe(cast.reader)
    async with published_but_not_sent(cast):
        await cast.reader.blocks()
    assert [seen for seen in cast.reader.chat if STORY in seen.text.text] == []


async def test_the_others_get_it(stage: Stage, cast: Cast) -> None:
    other = stage.person("other")
    for reader in (cast.reader, other):
        await subscribe(reader)
    async with published_but_not_sent(cast):
        await cast.reader.says("/leave")
    await other.reads(STORY)
