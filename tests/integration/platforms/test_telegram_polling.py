"""The polling loop: what is confirmed and when, and what happens when Telegram or our disk has a bad day."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from typing import ClassVar

import pytest

from bot.errors import PlatformDenied
from bot.platforms.base import Beside
from bot.platforms.telegram.polling import OFFSET_SECONDS, TWO_READERS, Position
from bot.types import Incoming, Said, Tapped, Token
from storage.address import Reference
from tests.integration.platforms.keeper import Keeper, running
from tests.integration.platforms.telegram_stage import TelegramStage

SOURCE = "telegram:main"


def texts(keeper: Keeper) -> list[str]:
    return [event.body.text.reveal() for event in keeper.events if isinstance(event.body, Said)]


def pending(tg: TelegramStage) -> int:
    return len(tg.bot.updates.pending)


def begins_anew(tg: TelegramStage) -> None:
    """Nothing is left of the old numbers, and the new ones are lower."""
    tg.bot.updates.pending.clear()
    tg.bot.restarts_update_ids(5)


async def test_nothing_is_confirmed_before_it_is_stored(tg: TelegramStage) -> None:
    class Watching(Keeper):
        unconfirmed: ClassVar[list[int]] = []

        async def accept(
            self,
            events: Sequence[Incoming],
            *,
            source: str,
            cursor: str | None,
            beside: Beside | None = None,
            traces: Sequence[Reference] = (),
        ) -> None:
            self.unconfirmed.append(pending(tg))
            await super().accept(events, source=source, cursor=cursor, beside=beside, traces=traces)

    keeper = Watching()
    keeper.refusals = 3
    tg.bot.updates.pending.clear()
    await tg.says("don't lose me")
    async with running(tg.adapter(), keeper):
        await keeper.got(1)
        await tg.telegram.wait_for(lambda: pending(tg) == 0)
    assert keeper.unconfirmed == [1, 1, 1, 1]


async def test_updates_that_are_nothing_to_us_are_confirmed_too(tg: TelegramStage, keeper: Keeper) -> None:
    async with running(tg.adapter(), keeper):
        tg.anna.unblocks(tg.bot)
        number = tg.bot.last_update_id()
        await tg.telegram.wait_for(lambda: pending(tg) == 0)
        position = Position.parse(keeper.cursors[SOURCE])
        assert position is not None
        assert position.offset == number + 1
    assert keeper.events == []


@pytest.mark.parametrize(
    "broken",
    [
        {"message_id": "seven"},
        {"message_id": 7, "date": "yesterday", "chat": {"id": 1, "type": "private"}, "text": "secret"},
        {"message_id": 7, "date": 1, "chat": None, "text": "secret"},
        ["secret"],
        "secret",
    ],
)
async def test_a_malformed_update_is_counted_and_left_out(
    tg: TelegramStage, keeper: Keeper, caplog: pytest.LogCaptureFixture, broken: object
) -> None:
    tg.bot.updates.put("message", broken)  # type: ignore[arg-type]  # as Telegram never should
    await tg.says("after it")
    async with running(tg.adapter(), keeper):
        await keeper.got(1)
    assert texts(keeper) == ["after it"]
    assert "1 updates could not be read" in caplog.text
    assert "secret" not in caplog.text


async def test_updates_of_a_kind_we_never_heard_of_don_t_stop_the_loop(tg: TelegramStage, keeper: Keeper) -> None:
    tg.bot.raw_update("telepathy", {"thought": "secret"})
    await tg.says("after it")
    async with running(tg.adapter(), keeper):
        await keeper.got(1)
    assert texts(keeper) == ["after it"]


async def test_only_what_we_need_is_asked_for(tg: TelegramStage, keeper: Keeper) -> None:
    async with running(tg.adapter(), keeper):
        await tg.says("hello")
        await keeper.got(1)
    assert tg.bot.updates.allowed == ["message", "edited_message", "callback_query", "my_chat_member"]


async def test_a_webhook_left_behind_is_removed_and_its_updates_are_kept(tg: TelegramStage, keeper: Keeper) -> None:
    await tg.bot.webhook.start("http://127.0.0.1:1/gone", "", 1)
    await tg.says("written to the webhook")
    async with running(tg.adapter(), keeper):
        await keeper.got(1)
    assert texts(keeper) == ["written to the webhook"]


async def test_a_webhook_set_while_we_poll_is_removed_as_well(tg: TelegramStage, keeper: Keeper) -> None:
    async with running(tg.adapter(), keeper):
        await tg.telegram.wait_for(lambda: tg.bot.updates.is_polled)
        await tg.telegram.call(tg.bot, "setWebhook", {"url": "http://127.0.0.1:1/gone"}, {})
        await tg.says("hello")
        await keeper.got(1)
    assert texts(keeper) == ["hello"]


async def test_a_second_reader_is_reported_with_what_to_do(
    tg: TelegramStage, keeper: Keeper, caplog: pytest.LogCaptureFixture
) -> None:
    conflict = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    tg.telegram.faults.error(409, conflict, method="getUpdates", times=5)
    await tg.says("still heard")
    async with running(tg.adapter(), keeper):
        await keeper.got(1)
    assert [record.levelno for record in caplog.records if record.message == TWO_READERS] == [logging.ERROR]


async def test_one_conflict_after_a_restart_is_nothing_to_shout_about(
    tg: TelegramStage, keeper: Keeper, caplog: pytest.LogCaptureFixture
) -> None:
    tg.telegram.faults.error(409, "Conflict: terminated by other getUpdates request", method="getUpdates")
    await tg.says("heard")
    async with running(tg.adapter(), keeper):
        await keeper.got(1)
    assert TWO_READERS not in caplog.text


@pytest.mark.parametrize("code", [401, 404])
async def test_a_revoked_token_ends_the_loop(tg: TelegramStage, keeper: Keeper, code: int) -> None:
    adapter = tg.adapter()
    await adapter.start()
    tg.telegram.faults.error(code, "Unauthorized", method="getUpdates", times=None)
    with pytest.raises(PlatformDenied, match="@BotFather"):
        await adapter.inlets["main"](keeper)
    await adapter.stop()


async def test_a_wrong_token_is_refused_at_the_start(tg: TelegramStage) -> None:
    tg.telegram.faults.error(401, "Unauthorized", method="getMe")
    adapter = tg.adapter()
    with pytest.raises(PlatformDenied) as refusal:
        await adapter.start()
    assert tg.bot.token not in repr(refusal.getrepr(chain=True, showlocals=False))


async def test_telegram_may_be_away_at_the_start_and_in_between(tg: TelegramStage, keeper: Keeper) -> None:
    tg.telegram.faults.cut("before_read", method="getMe", times=2)
    tg.telegram.faults.html(502, method="deleteWebhook")
    tg.telegram.faults.html(502, method="getUpdates")
    tg.telegram.faults.cut("after_apply", method="getUpdates")
    tg.telegram.faults.too_many(1, method="getUpdates")
    async with running(tg.adapter(), keeper):
        await tg.says("hello")
        await keeper.got(1)
    assert texts(keeper) == ["hello"]


async def test_a_poll_that_is_never_answered_ends_by_itself(tg: TelegramStage, keeper: Keeper) -> None:
    tg.telegram.faults.silence(applied=True, method="getUpdates")
    await tg.says("hello")
    async with running(tg.adapter(poll_seconds=0, read_seconds=0.2), keeper):
        await keeper.got(1)
    assert texts(keeper) == ["hello"]


async def test_numbers_that_begin_anew_after_an_idle_week_lose_nothing(tg: TelegramStage, keeper: Keeper) -> None:
    week_ago = int(time.time()) - OFFSET_SECONDS - 1
    keeper.cursors[SOURCE] = str(Position(offset=900_000_000, at=week_ago))
    begins_anew(tg)
    await tg.says("the first in a week")
    async with running(tg.adapter(), keeper):
        await keeper.got(1)
        await tg.says("the second")
        await keeper.got(2)
    assert texts(keeper) == ["the first in a week", "the second"]
    assert Position.parse(keeper.cursors[SOURCE]) is not None
    assert keeper.cursors[SOURCE].startswith("7@")


async def test_the_same_number_after_an_idle_week_is_another_event(tg: TelegramStage, keeper: Keeper) -> None:
    begins_anew(tg)
    async with running(tg.adapter(), keeper):
        await tg.says("before")
        await keeper.got(1)
        await tg.telegram.wait_for(lambda: pending(tg) == 0)
    keeper.cursors.clear()
    begins_anew(tg)
    async with running(tg.adapter(), keeper):
        await tg.says("after")
        await keeper.got(2)
    assert texts(keeper) == ["before", "after"]
    assert keeper.events[0].event != keeper.events[1].event


async def test_an_update_that_comes_twice_is_the_same_event(tg: TelegramStage, keeper: Keeper) -> None:
    async with running(tg.adapter(), keeper):
        await tg.says("once")
        await keeper.got(1)
        tg.bot.redelivers(tg.bot.last_update_id())
        await keeper.got(2)
        await tg.says("and on")
        await keeper.got(3)
    assert keeper.events[0] == keeper.events[1]
    assert texts(keeper) == ["once", "once", "and on"]


async def test_a_tap_is_answered_once_it_is_stored(tg: TelegramStage, keeper: Keeper) -> None:
    message = tg.anna.starts(tg.bot)
    keeper.refusals = 2
    tap = tg.anna.taps(message, data="t0ken:1")
    async with running(tg.adapter(), keeper):
        assert await tap.answered() == {}
        assert keeper.refusals == 0
        assert keeper.events[1].body == Tapped(token=Token("t0ken:1"))


async def test_a_tap_too_old_to_be_answered_is_no_trouble(
    tg: TelegramStage, keeper: Keeper, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    message = tg.anna.starts(tg.bot)
    tap = tg.anna.taps(message, data="t0ken:1")
    tg.telegram.advance(3600)
    async with running(tg.adapter(), keeper):
        await keeper.got(2)
    assert tap.answer is None
    assert "without an answer" not in caplog.text


async def test_stopping_waits_for_answers_under_way(tg: TelegramStage, keeper: Keeper) -> None:
    hold = tg.telegram.hold("answerCallbackQuery", "before_apply")
    tap = tg.anna.taps(tg.anna.starts(tg.bot), data="t0ken:1")
    adapter = tg.adapter()
    await adapter.start()
    receiving = asyncio.create_task(adapter.inlets["main"](keeper))
    await hold.reached()
    receiving.cancel()
    await asyncio.wait([receiving])
    stopping = asyncio.create_task(adapter.stop())
    done, _ = await asyncio.wait([stopping], timeout=0.1)
    assert not done
    hold.release()
    await stopping
    assert tap.answer == {}
    assert tg.telegram.ledger.counts("answerCallbackQuery").cut == 0
