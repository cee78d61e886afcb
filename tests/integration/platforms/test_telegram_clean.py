"""Neither errors nor logs say the token, an address, an account or a word of what was written."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Iterator
from dataclasses import replace

import pytest
from telegram.error import TelegramError

from bot.platforms.telegram.errors import NotSent
from bot.platforms.telegram.transport import AiohttpRequest
from bot.texts.rich import Rich
from bot.types import Choice, Content, Erase, File, FileKind, Place, Show, Token
from storage.address import Reference
from storage.private import Private
from tests.fakes.telegram.faults import Fault
from tests.integration.platforms.contract import ANCHOR, NO_FILES, fetched
from tests.integration.platforms.keeper import Keeper, running
from tests.integration.platforms.telegram_stage import TelegramStage
from tests.patience import PATIENCE

SECRET = "Ivan Sokolov lives in Tver"
FAULTS = [
    Fault(kind="silence"),
    Fault(kind="cut", cut="before_read"),
    Fault(kind="cut", cut="mid_body"),
    Fault(kind="html", code=403),
    Fault(kind="html", code=502),
    Fault(kind="error", code=400, text=f"Bad Request: {SECRET}"),
    Fault(kind="error", code=401, text="Unauthorized"),
    Fault(kind="error", code=403, text="Forbidden: bot was blocked by the user"),
    Fault(kind="error", code=409, text="Conflict: terminated by other getUpdates request"),
    Fault(kind="error", code=429, text="Too Many Requests: retry after 1"),
]


def everything(error: BaseException) -> Iterator[str]:
    """All that a log could make of an error, contexts that are not shown included."""
    yield "".join(traceback.format_exception(error))
    yield repr(error)
    for other in (error.__cause__, error.__context__):
        if other is not None:
            yield from everything(other)


@pytest.mark.parametrize("fault", FAULTS)
async def test_errors_of_the_transport(tg: TelegramStage, fault: Fault) -> None:
    transport = AiohttpRequest(read_seconds=0.2, connections=1)
    await transport.initialize()
    tg.telegram.faults.add(replace(fault))
    with pytest.raises(TelegramError) as failure:
        await transport.post(f"{tg.telegram.url}/bot{tg.bot.token}/getMe")
    for said in everything(failure.value):
        assert tg.bot.token not in said
        assert "127.0.0.1" not in said
    await transport.shutdown()


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://no-such-host.invalid", "nonsense://x", "http://["])
async def test_errors_of_connections_that_never_come_about(tg: TelegramStage, url: str) -> None:
    transport = AiohttpRequest(read_seconds=0.2, connections=1)
    with pytest.raises(NotSent):
        await transport.post(f"{url}/bot{tg.bot.token}/getMe")
    await transport.initialize()
    with pytest.raises(NotSent) as failure:
        await transport.post(f"{url}/bot{tg.bot.token}/getMe")
    for said in everything(failure.value):
        assert tg.bot.token not in said
        assert url not in said
    await transport.shutdown()


async def test_waiting_for_a_free_connection_sends_nothing(tg: TelegramStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.platforms.telegram.transport.CONNECT_SECONDS", 0.1)
    hold = tg.telegram.hold("getMe", "before_apply")
    transport = AiohttpRequest(read_seconds=PATIENCE, connections=1)
    await transport.initialize()
    first = asyncio.create_task(transport.post(f"{tg.telegram.url}/bot{tg.bot.token}/getMe"))
    await hold.reached()
    with pytest.raises(NotSent):
        await transport.post(f"{tg.telegram.url}/bot{tg.bot.token}/getMe")
    hold.release()
    await first
    await transport.shutdown()


@pytest.mark.parametrize("fault", FAULTS)
async def test_logs_and_outcomes_of_the_adapter(
    tg: TelegramStage, keeper: Keeper, caplog: pytest.LogCaptureFixture, fault: Fault
) -> None:
    caplog.set_level(logging.DEBUG)
    said: list[str] = []
    message = tg.anna.says(SECRET, tg.bot)
    keeper.refusals = 1
    tg.anna.taps(message, data=SECRET)
    for method in ("getMe", "getUpdates", "answerCallbackQuery", "sendMessage", "editMessageText", "deleteMessages"):
        if not (fault.code == 401 and method in ("getMe", "getUpdates")):
            tg.telegram.faults.add(replace(fault, method=method))
    for method in ("getFile", "setMyCommands", "getChatMember", "getWebhookInfo"):
        tg.telegram.faults.add(replace(fault, method=method))
    before = Reference(chat=tg.chat, message=Private(str(message.message_id)))
    button = Choice(label=SECRET, token=Token("t0ken"))
    content = Content(text=Rich.plain(SECRET), buttons=((button,),))
    async with running(tg.adapter(poll_seconds=0, read_seconds=0.2), keeper) as adapter:
        await keeper.got(2)
        for outgoing in (
            Show(content=content, anchor=ANCHOR, place=Place.SAME),
            Show(content=content),
            Erase(anchor=ANCHOR),
        ):
            said.append(repr(await adapter.perform(outgoing, tg.chat, before, NO_FILES, "")))
        handle = Private(f"{SECRET}-{tg.bot.token}")
        for question in (
            adapter.is_member(tg.room, tg.person),
            fetched(adapter, File(kind=FileKind.PHOTO, handle=handle, size=None)),
            adapter.check(),
        ):
            try:
                said.append(repr(await question))
            except Exception as error:
                said += everything(error)
    # What the library says at DEBUG, `bot/observe` keeps out; at INFO and above nobody may say it.
    said += [
        f"{record.getMessage()} {record.exc_text}"
        for record in caplog.records
        if record.name.startswith("bot.") or record.levelno >= logging.INFO
    ]
    assert said
    for text in said:
        for secret in (SECRET, tg.bot.token, str(tg.anna.id), tg.telegram.url):
            assert secret not in text
