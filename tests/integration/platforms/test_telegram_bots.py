"""Two bots of one newsroom: each is asked for its own messages, answers its own people, and fetches its own files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.errors import FileLost
from bot.outcomes import Delivered, Refused
from bot.platforms.telegram.incoming import bot_of
from bot.texts.rich import Rich
from bot.types import Content, File, FileKind, Sent, Show
from storage.address import Address
from storage.private import Private
from tests.integration.platforms.contract import fetched, opens
from tests.integration.platforms.keeper import Keeper, running
from tests.integration.platforms.telegram_stage import TelegramStage
from tests.ports import held_port

BORIS = 434343


def by(bot: str, chat: int) -> Address:
    return Address(platform="telegram", bot=bot, chat=Private(str(chat)))


@pytest.fixture
def called() -> Iterator[dict[str, Any]]:
    with held_port() as port:
        yield {"mode": "webhook", "webhook_url": f"http://127.0.0.1:{port}", "webhook_listen": ("127.0.0.1", port)}


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_each_has_its_own_people(tg: TelegramStage, keeper: Keeper, called: dict[str, Any], mode: str) -> None:
    second, boris = tg.telegram.bot("second_newsroom_bot"), tg.telegram.person(BORIS, "Boris")
    changes = called if mode == "webhook" else {}
    async with running(tg.adapter(bots={"second": Private(second.token)}, **changes), keeper) as adapter:
        await tg.says("to the first")
        boris.sends_photo(b"a photo", second, "to the second")
        events = await keeper.got(2)
        assert {event.chat for event in events} == {by("main", tg.anna.id), by("second", BORIS)}
        hello = Show(content=Content(text=Rich.plain("hello")))
        assert isinstance(await adapter.perform(hello, by("second", BORIS), None, opens(b""), ""), Delivered)
        assert boris.sees(second)[-1].text == "hello"
        assert isinstance(await adapter.perform(hello, by("third", BORIS), None, opens(b""), ""), Refused)
        (photo,) = [event.body.file for event in events if isinstance(event.body, Sent)]
        assert await fetched(adapter, photo) == b"a photo"
    if mode == "polling":
        assert set(keeper.cursors) == {"telegram:main", "telegram:second"}


async def test_a_file_that_a_former_bot_was_sent_is_lost(tg: TelegramStage) -> None:
    file = File(kind=FileKind.PHOTO, handle=Private("former/abc"), size=None)
    assert bot_of(file)[0] == "former"
    with pytest.raises(FileLost):
        tg.adapter().download(file)
