"""One text for many chats goes past python-telegram-bot: it must arrive as what is sent one by one, and fail alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.outcomes import Delivered, Later, Refused, Unreachable, Unsure
from bot.platforms.telegram.adapter import TelegramAdapter
from bot.texts.rich import Rich, bold, link
from bot.types import Choice, Content, Opening, Show, Token
from storage.address import Address
from tests.integration.platforms.contract import NO_FILES, PHOTO, opens, showing
from tests.integration.platforms.telegram_stage import TelegramStage, address
from tests.unit.media.photos import jpeg

NEWS = Content(
    text=Rich.join("", ["Ёлка, ", bold("14:00"), ' "и" ', link("здесь", "https://example.org/a")]),
    buttons=((Choice(label="Читать дальше", token=Token("!read:1")), Opening(label="Открыть", payload="s_1")),),
)


async def sent(adapter: TelegramAdapter, chat: Address, show: Show) -> Any:
    return await (await adapter.ready(show, opens(jpeg())))(chat, "")


@pytest.mark.parametrize("content", [NEWS, showing(PHOTO.kind, "Площадь", jpeg())], ids=["text", "photo"])
async def test_it_arrives_as_by_itself(tg: TelegramStage, adapter: TelegramAdapter, content: Content) -> None:
    show = Show(content=content, silent=False)
    assert isinstance(await adapter.perform(show, tg.chat, None, opens(jpeg()), ""), Delivered)
    outcome = await sent(adapter, tg.chat, show)
    alone, among_many = [message for message in tg.anna.sees(tg.bot) if message.sender_id == tg.bot.id]
    assert isinstance(outcome, Delivered)
    assert outcome.reference is not None
    assert outcome.reference.message.reveal() == str(among_many.message_id)
    for seen in ("text", "entities", "keyboard", "silent", "protected", "caption"):
        assert getattr(alone, seen, None) == getattr(among_many, seen, None), seen


def too_many(tg: TelegramStage) -> None:
    tg.telegram.faults.too_many(17)


def blocked(tg: TelegramStage) -> None:
    tg.anna.blocks(tg.bot)


def proxied(tg: TelegramStage) -> None:
    tg.telegram.faults.html(502)


def cut(tg: TelegramStage) -> None:
    tg.telegram.faults.cut("after_apply")


def refused(tg: TelegramStage) -> None:
    tg.telegram.faults.error(400, "Bad Request: message is too long")


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (too_many, Later(after=17.0, hurried=True)),
        (blocked, Unreachable()),
        (proxied, Later(after=2.0)),
        (cut, Unsure()),
        (refused, Refused(why="the text is too long")),
    ],
)
async def test_it_fails_as_by_itself(
    tg: TelegramStage, adapter: TelegramAdapter, fault: Callable[[TelegramStage], None], outcome: object
) -> None:
    show = Show(content=Content(text=Rich.plain("news")))
    fault(tg)
    assert await sent(adapter, tg.chat, show) == outcome
    fault(tg)
    assert await adapter.perform(show, tg.chat, None, NO_FILES, "") == outcome


async def test_a_chat_that_does_not_exist_is_no_reader(adapter: TelegramAdapter) -> None:
    assert await sent(adapter, address(999_999), Show(content=NEWS)) == Unreachable()


async def test_a_photo_is_uploaded_once(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    content = showing(PHOTO.kind, "Площадь", jpeg())
    readers = [tg.anna, tg.telegram.person(43, "Boris"), tg.telegram.person(44, "Clara")]
    for reader in readers[1:]:
        reader.starts(tg.bot)
    for reader in readers:
        ready = await adapter.ready(Show(content=content), opens(jpeg()) if reader is tg.anna else NO_FILES)
        assert isinstance(await ready(address(reader.id), ""), Delivered)
    shown = [[message for message in reader.sees(tg.bot) if message.sender_id == tg.bot.id][-1] for reader in readers]
    assert {tg.telegram.file(message) for message in shown} == {jpeg()}
    assert {message.text for message in shown} == {"Площадь"}


async def test_an_id_that_telegram_does_not_take_any_more_is_uploaded_again(
    tg: TelegramStage, adapter: TelegramAdapter
) -> None:
    ready = await adapter.ready(Show(content=showing(PHOTO.kind, "Площадь", jpeg())), opens(jpeg()))
    assert isinstance(await ready(tg.chat, ""), Delivered)
    tg.telegram.faults.error(400, "Bad Request: wrong file identifier/HTTP URL specified")
    assert isinstance(await ready(tg.chat, ""), Delivered)


async def test_what_is_paid_for_says_so(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    calls: list[bytes] = []
    paying = tg.adapter(paid_broadcasts=True)
    for one in (adapter, paying):
        ready: Any = await one._bots["main"].ready(Show(content=Content(text=Rich.plain("news"))), NO_FILES)
        calls.append(ready._rest)
    assert [b'"allow_paid_broadcast":true' in call for call in calls] == [False, True]
    assert paying.capabilities.many_per_second is not None
    assert paying.capabilities.per_second == adapter.capabilities.per_second
