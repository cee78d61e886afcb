"""Telegram calls us: only Telegram is heard, and it hears "yes" only when its update is stored."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiohttp
import pytest

from bot.errors import PlatformDenied
from bot.platforms.telegram import webhook
from bot.platforms.telegram.settings import TelegramSettings
from bot.types import Said
from storage.private import Private
from tests.integration.platforms.keeper import Keeper, running
from tests.integration.platforms.telegram_stage import TelegramStage
from tests.ports import held_port

SECRET = "a-secret_of_ours"
UPDATE = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 424242, "type": "private"},
        "from": {"id": 424242, "is_bot": False, "first_name": "Anna"},
        "text": "hello",
    },
}


@pytest.fixture
def changes() -> Iterator[dict[str, Any]]:
    with held_port() as port:
        yield {
            "mode": "webhook",
            "webhook_url": f"http://127.0.0.1:{port}/",
            "webhook_listen": ("127.0.0.1", port),
            "webhook_secret": Private(SECRET),
        }


@pytest.fixture
def settings(tg: TelegramStage, changes: dict[str, Any]) -> TelegramSettings:
    return tg.settings(**changes)


@pytest.fixture
async def listening(tg: TelegramStage, keeper: Keeper, changes: dict[str, Any]) -> AsyncIterator[None]:
    tg.bot.updates.pending.clear()
    async with running(tg.adapter(**changes), keeper):
        await tg.telegram.wait_for(lambda: tg.bot.webhook.url)
        yield


async def posted(url: str, body: Any = UPDATE, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {webhook.SECRET_HEADER: secret}
    async with aiohttp.ClientSession() as session, session.post(url, json=body, headers=headers) as answer:
        return answer.status


async def test_messages_come_by_webhook(tg: TelegramStage, keeper: Keeper, listening: None) -> None:
    await tg.says("hello")
    assert (await keeper.body(Said)).text.reveal() == "hello"
    assert keeper.cursors == {}


async def test_it_is_set_so_that_order_is_kept_and_strangers_are_known(
    tg: TelegramStage, settings: TelegramSettings, listening: None
) -> None:
    hook = tg.bot.webhook
    assert (hook.url, hook.secret, hook.max_connections) == (webhook.address(settings), SECRET, 1)
    assert tg.bot.updates.allowed == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert tg.bot.token not in hook.url


async def test_without_a_secret_one_is_derived_from_the_token(
    tg: TelegramStage, keeper: Keeper, changes: dict[str, Any]
) -> None:
    async with running(tg.adapter(**(changes | {"webhook_secret": None})), keeper):
        await tg.telegram.wait_for(lambda: tg.bot.webhook.url)
        assert len(tg.bot.webhook.secret) == 64
        await tg.says("hello")
        await keeper.got(1)


@pytest.mark.parametrize("secret", [None, "", "a-secret_of_theirs", "é"])
async def test_strangers_are_not_heard(
    settings: TelegramSettings, keeper: Keeper, listening: None, secret: str | None
) -> None:
    assert await posted(webhook.address(settings), secret=secret) == 403
    assert await posted(webhook.address(settings)) == 200
    assert len(keeper.events) == 1


async def test_other_paths_are_not_there(settings: TelegramSettings, keeper: Keeper, listening: None) -> None:
    assert await posted(settings.webhook_url) == 404
    assert keeper.events == []


async def test_a_huge_body_is_refused(settings: TelegramSettings, keeper: Keeper, listening: None) -> None:
    huge = io.BytesIO(b"[" * (webhook.LARGEST_UPDATE + 1))
    headers = {webhook.SECRET_HEADER: SECRET}
    async with (
        aiohttp.ClientSession() as session,
        session.post(webhook.address(settings), data=huge, headers=headers) as answer,
    ):
        assert answer.status == 413
    assert keeper.events == []


async def test_what_is_no_update_is_not_called_for_again(
    settings: TelegramSettings, keeper: Keeper, listening: None
) -> None:
    assert await posted(webhook.address(settings), body={"update_id": 2, "message": "?"}) == 200
    assert keeper.events == []


async def test_what_could_not_be_stored_is_called_for_again(
    tg: TelegramStage, keeper: Keeper, listening: None, caplog: pytest.LogCaptureFixture
) -> None:
    keeper.refusals = 2
    await tg.says("don't lose me")
    await keeper.got(1)
    assert tg.bot.webhook.attempts == 3
    assert "503" in (tg.bot.webhook.last_error or (0, ""))[1]
    assert "DiskFull" in caplog.text
    assert "secret" not in caplog.text


async def test_it_is_set_even_if_telegram_is_away_at_first(
    tg: TelegramStage, keeper: Keeper, changes: dict[str, Any]
) -> None:
    tg.telegram.faults.html(502, method="setWebhook", times=2)
    async with running(tg.adapter(**changes), keeper):
        await tg.says("hello")
        await keeper.body(Said)


async def test_a_revoked_token_ends_it(tg: TelegramStage, keeper: Keeper, changes: dict[str, Any]) -> None:
    adapter = tg.adapter(**changes)
    await adapter.start()
    tg.telegram.faults.error(401, "Unauthorized", method="setWebhook")
    with pytest.raises(PlatformDenied):
        await adapter.inlets["main"](keeper)
    await adapter.stop()


async def test_the_port_is_free_again_afterwards(
    tg: TelegramStage, keeper: Keeper, settings: TelegramSettings, changes: dict[str, Any]
) -> None:
    async with running(tg.adapter(**changes), keeper):
        await tg.telegram.wait_for(lambda: tg.bot.webhook.url)
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(*settings.webhook_listen)
