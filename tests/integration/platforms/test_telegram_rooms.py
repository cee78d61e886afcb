"""Who is in a room, and what `doctor` says about the bot's own place there."""

from __future__ import annotations

import pytest

from bot.errors import PlatformAway, PlatformDenied, PlatformError
from bot.outcomes import Delivered, Later
from bot.platforms.base import Finding
from bot.platforms.telegram.adapter import TelegramAdapter
from bot.types import Menu
from storage.address import Account
from storage.private import Private
from tests.fakes.telegram import render
from tests.fakes.telegram.model import Status
from tests.integration.platforms.contract import NO_FILES
from tests.integration.platforms.telegram_stage import TelegramStage, address


@pytest.mark.parametrize(
    ("status", "inside"),
    [("creator", True), ("administrator", True), ("member", True), ("left", False), ("kicked", False)],
)
async def test_membership(tg: TelegramStage, adapter: TelegramAdapter, status: Status, inside: bool) -> None:
    tg.editors.admits(tg.anna, status)
    assert await adapter.is_member(tg.room, tg.person) is inside


@pytest.mark.parametrize("inside", [True, False])
async def test_the_restricted_are_members_as_long_as_they_stay(
    tg: TelegramStage, adapter: TelegramAdapter, monkeypatch: pytest.MonkeyPatch, inside: bool
) -> None:
    tg.editors.admits(tg.anna, "restricted")
    rendered = render.member
    monkeypatch.setattr(render, "member", lambda *seat: rendered(*seat) | {"is_member": inside})
    assert await adapter.is_member(tg.room, tg.person) is inside


async def test_an_account_nobody_knows_is_not_a_member(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    nobody = Account(platform="telegram", person=Private("999"))
    assert not await adapter.is_member(tg.room, nobody)


async def test_what_can_t_be_learnt_is_never_a_yes_or_a_no(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    faults = tg.telegram.faults
    with pytest.raises(PlatformError):
        await adapter.is_member(address(-100999), tg.person)
    faults.too_many(7, method="getChatMember")
    with pytest.raises(PlatformAway) as away:
        await adapter.is_member(tg.room, tg.person)
    assert away.value.after == 7
    faults.cut("after_apply", method="getChatMember")
    with pytest.raises(PlatformAway):
        await adapter.is_member(tg.room, tg.person)
    faults.error(401, "Unauthorized", method="getChatMember")
    with pytest.raises(PlatformDenied):
        await adapter.is_member(tg.room, tg.person)
    tg.editors.expels(tg.bot)
    with pytest.raises(PlatformError):
        await adapter.is_member(tg.room, tg.person)


async def findings(tg: TelegramStage, **changes: object) -> list[Finding]:
    adapter = tg.adapter(**changes)
    await adapter.start()
    try:
        return await adapter.check()
    finally:
        await adapter.stop()


def wrong(found: list[Finding]) -> list[str]:
    for finding in found:
        assert finding.ok or finding.remedy
    return [f"{finding.what}: {finding.remedy}" for finding in found if not finding.ok]


async def test_all_is_well(tg: TelegramStage) -> None:
    channel = tg.telegram.channel("News", username="tamizdat_news")
    channel.admits(tg.bot, "administrator")
    found = await findings(
        tg, editors_chat=str(tg.editors.id), channels={"ru": "@tamizdat_news", "en": str(channel.id)}
    )
    assert wrong(found) == []
    assert len(found) == 7


@pytest.mark.parametrize(
    ("right", "words"),
    [
        ("can_post_messages", "may post."),
        ("can_edit_messages", "may edit messages."),
        ("can_delete_messages", "may delete messages."),
    ],
)
async def test_each_right_that_a_channel_needs(tg: TelegramStage, right: str, words: str) -> None:
    channel = tg.telegram.channel("News")
    channel.promotes(tg.bot, without=(right,))
    (complaint,) = wrong(await findings(tg, channels={"ru": str(channel.id)}))
    assert complaint.startswith("Telegram: the channel for ru")
    assert complaint.endswith(words)


async def test_a_plain_member_can_t_keep_the_editors_room_clean(tg: TelegramStage) -> None:
    tg.editors.admits(tg.bot)
    (complaint,) = wrong(await findings(tg, editors_chat=str(tg.editors.id)))
    assert "delete messages" in complaint


async def test_an_editors_room_that_anyone_can_read(tg: TelegramStage) -> None:
    room = tg.telegram.supergroup("Open", username="open_room")
    room.admits(tg.bot, "administrator")
    (complaint,) = wrong(await findings(tg, editors_chat="@open_room"))
    assert "public name" in complaint


async def test_a_room_that_is_not_there_or_no_room(tg: TelegramStage) -> None:
    (complaint,) = wrong(await findings(tg, editors_chat="-100999"))
    assert "check the id" in complaint
    tg.anna.starts(tg.bot)
    (complaint,) = wrong(await findings(tg, editors_chat=str(tg.anna.id)))
    assert "person's chat" in complaint


async def test_a_bot_that_reads_along(tg: TelegramStage) -> None:
    tg.bot.account.reads_all = True
    (complaint,) = wrong(await findings(tg))
    assert "/setprivacy" in complaint


async def test_a_webhook_of_somebody_else(tg: TelegramStage) -> None:
    await tg.bot.webhook.start("http://127.0.0.1:1/theirs", "", 1)
    (complaint,) = wrong(await findings(tg))
    assert "webhook" in complaint


async def test_a_webhook_that_is_not_set_yet(tg: TelegramStage) -> None:
    (complaint,) = wrong(await findings(tg, mode="webhook", webhook_url="http://127.0.0.1:1"))
    assert "not set yet" in complaint


async def test_no_network(tg: TelegramStage) -> None:
    (complaint,) = wrong(await findings(tg, api_url="http://127.0.0.1:1"))
    assert "api_url" in complaint


async def test_a_refused_token(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    tg.telegram.faults.error(401, "Unauthorized", method="getMe")
    (complaint,) = wrong(await adapter.check())
    assert "@BotFather" in complaint


async def test_the_menu_of_commands(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    menus = {"ru": [("help", "Помощь")], "en": [("help", "Help")]}
    await adapter.register(menus, menus, default="en")
    scope = '{"type":"all_private_chats"}'
    stored = {
        language: tg.bot.account.profile["commands", scope, language][0]["description"] for language in ("ru", "en", "")
    }
    assert stored == {"ru": "Помощь", "en": "Help", "": "Help"}


async def test_an_editor_s_chat_has_a_menu_of_its_own_until_it_is_taken_away(
    tg: TelegramStage, adapter: TelegramAdapter
) -> None:
    menus = {"ru": [("help", "Помощь")]}
    editors = {"ru": [("help", "Помощь"), ("queue", "Очередь")], "en": [("help", "Help"), ("queue", "Queue")]}
    await adapter.register(menus, editors, default="ru")

    def own() -> list[str] | None:
        found = [
            stored
            for (kind, scope, language), stored in tg.bot.account.profile.items()
            if kind == "commands" and '"type":"chat"' in scope and not language
        ]
        return [entry["description"] for entry in found[0]] if found else None

    for language, descriptions in (("en", ["Help", "Queue"]), ("de", ["Помощь", "Очередь"])):
        menu = Menu(language=language, editors=True)
        assert isinstance(await adapter.perform(menu, tg.chat, None, NO_FILES, ""), Delivered)
        assert own() == descriptions
    menu = Menu(language="", editors=False)
    assert isinstance(await adapter.perform(menu, tg.chat, None, NO_FILES, ""), Delivered)
    assert own() is None
    tg.telegram.faults.html(502, method="deleteMyCommands")
    assert isinstance(await adapter.perform(menu, tg.chat, None, NO_FILES, ""), Later)


async def test_a_menu_that_can_t_be_set_is_no_reason_to_stop(tg: TelegramStage, adapter: TelegramAdapter) -> None:
    tg.telegram.faults.html(502, method="setMyCommands")
    menus = {"ru": [("help", "Помощь")]}
    await adapter.register(menus, menus, default="ru")
    assert tg.bot.account.profile == {}
