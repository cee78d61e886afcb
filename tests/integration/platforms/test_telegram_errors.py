"""Every kind of failure, brought about at the fake server, and what the adapter makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from bot.outcomes import Delivered, Later, Moved, Outcome, Refused, Unreachable, Unsure
from bot.platforms.telegram.adapter import TelegramAdapter
from bot.platforms.telegram.errors import BAD_REQUESTS, DENIED, outcome_of
from bot.types import Erase, Place, Show
from storage.address import Reference
from storage.private import Private
from tests.fakes.telegram.faults import Fault
from tests.integration.platforms.contract import ANCHOR, NO_FILES, text
from tests.integration.platforms.telegram_stage import TelegramStage, address

HELLO = Show(content=text("hello"))


async def said(tg: TelegramStage, adapter: TelegramAdapter, show: Show = HELLO) -> Outcome:
    return await adapter.perform(show, tg.chat, None, NO_FILES, "")


@pytest.mark.parametrize(("sentence", "meaning"), BAD_REQUESTS)
async def test_each_known_refusal(tg: TelegramStage, adapter: TelegramAdapter, sentence: str, meaning: Outcome) -> None:
    tg.telegram.faults.error(400, f"Bad Request: {sentence} …", method="sendMessage")
    assert await said(tg, adapter) == meaning


async def test_an_unknown_refusal_is_final_and_its_text_stays_out(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    tg.telegram.faults.error(400, "Bad Request: your secret text is odd", method="sendMessage")
    assert await said(tg, adapter) == Refused(why="BadRequest")


@pytest.mark.parametrize(
    "words",
    [
        "bot was blocked by the user",
        "user is deactivated",
        "bot was kicked from the supergroup chat",
        "bot is not a member of the channel chat",
        "bot can't initiate conversation with a user",
        "the group chat was deleted",
    ],
)
async def test_every_kind_of_forbidden_is_unreachable(tg: TelegramStage, adapter: TelegramAdapter, words: str) -> None:
    tg.telegram.faults.error(403, f"Forbidden: {words}", method="sendMessage")
    assert await said(tg, adapter) == Unreachable()


async def test_who_never_wrote_is_unreachable(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    assert await adapter.perform(HELLO, address(777), None, NO_FILES, "") == Unreachable()


async def test_a_flooded_chat_waits_as_long_as_telegram_says(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    tg.telegram.faults.too_many(17, method="sendMessage")
    assert await said(tg, adapter) == Later(after=17.0, hurried=True)


async def test_a_group_that_became_a_supergroup_has_moved(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    group = tg.telegram.group("Editors")
    group.admits(tg.bot, "administrator")
    successor = group.upgrades()
    outcome = await adapter.perform(HELLO, address(group.id), None, NO_FILES, "")
    assert outcome == Moved(to=address(successor.id))


async def test_a_revoked_token_stops_everyone(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    tg.telegram.faults.error(401, "Unauthorized", method="sendMessage")
    assert await said(tg, adapter) == DENIED == Later(after=60.0, everyone=True)
    assert isinstance(await said(tg, adapter), Delivered)


@pytest.mark.parametrize("code", [500, 502, 503, 504])
async def test_a_broken_server_is_tried_again(tg: TelegramStage, adapter: TelegramAdapter, code: int) -> None:
    tg.telegram.faults.html(code, method="sendMessage")
    assert isinstance(await said(tg, adapter), Later)


@pytest.mark.parametrize("code", [401, 403, 404, 400])
async def test_a_proxys_page_says_nothing_about_the_person_or_the_token(
    tg: TelegramStage, adapter: TelegramAdapter, code: int
) -> None:
    tg.telegram.faults.html(code, method="sendMessage")
    assert await said(tg, adapter) == Later(after=2.0)


async def test_nobody_listening_is_tried_again(tg: TelegramStage) -> None:
    adapter = tg.adapter(api_url="http://127.0.0.1:1")
    await adapter.start()
    assert isinstance(await said(tg, adapter), Later)
    await adapter.stop()


FAULTS = {
    "no answer": Fault(kind="silence", method="sendMessage", applied=True),
    "cut off before the answer": Fault(kind="cut", cut="after_apply", method="sendMessage", applied=True),
    "cut off in the answer": Fault(kind="cut", cut="mid_body", method="sendMessage", applied=True),
    "cut off after the request": Fault(kind="cut", cut="before_apply", method="sendMessage"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_a_lost_answer_to_a_new_message_leaves_us_unsure(tg: TelegramStage, fault: Fault) -> None:
    adapter = impatient(tg)
    await adapter.start()
    tg.anna.starts(tg.bot)
    tg.telegram.faults.add(replace(fault))
    assert await said(tg, adapter) == Unsure()
    arrived = [message.text for message in tg.anna.sees(tg.bot)[1:]]
    assert arrived == (["hello"] if fault.applied else [])
    await adapter.stop()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_a_lost_answer_to_an_edit_or_a_deletion_means_once_more(tg: TelegramStage, fault: Fault) -> None:
    adapter = impatient(tg)
    await adapter.start()
    tg.anna.starts(tg.bot)
    sent = await said(tg, adapter)
    assert isinstance(sent, Delivered)
    tg.telegram.faults.add(replace(fault, method="editMessageText"))
    edit = Show(content=text("hello again"), anchor=ANCHOR, place=Place.SAME)
    assert isinstance(await adapter.perform(edit, tg.chat, sent.reference, NO_FILES, ""), Later)
    assert await adapter.perform(edit, tg.chat, sent.reference, NO_FILES, "") == sent
    tg.telegram.faults.add(replace(fault, method="deleteMessages"))
    erase = Erase(anchor=ANCHOR)
    assert isinstance(await adapter.perform(erase, tg.chat, sent.reference, NO_FILES, ""), Later)
    assert await adapter.perform(erase, tg.chat, sent.reference, NO_FILES, "") == Delivered()
    await adapter.stop()


@pytest.mark.parametrize(
    ("error", "repeatable", "meaning"),
    [
        (TimedOut(), False, Unsure()),
        (TimedOut(), True, Later(after=2.0)),
        (NetworkError("cut"), False, Unsure()),
        (BadRequest("new words of Telegram's"), True, Refused(why="BadRequest")),
        (TelegramError("of a new kind"), False, Refused(why="TelegramError")),
    ],
)
def test_what_the_library_raises_by_itself(error: TelegramError, repeatable: bool, meaning: Outcome) -> None:
    assert outcome_of(error, address(1), repeatable=repeatable) == meaning


async def test_a_fault_of_our_own_stops_nobody_else(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    broken = Reference(chat=tg.chat, message=Private("not a number"))
    edit = Show(content=text("hello"), anchor=ANCHOR, place=Place.SAME)
    assert await adapter.perform(edit, tg.chat, broken, NO_FILES, "") == Refused(why="ValueError")


def impatient(tg: TelegramStage) -> TelegramAdapter:
    """But not so that a busy machine is taken for a silent one."""
    return tg.adapter(read_seconds=1)
