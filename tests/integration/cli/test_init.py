"""`init` is answered by a person at a terminal, and checks the answers with Telegram."""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator

import pytest

from bot.config import load
from tests.fakes.telegram.fake import FakeTelegram
from tests.integration.cli.desk import TOKEN, Desk
from tests.integration.cli.terminal import Terminal


@pytest.fixture
async def terminal(desk: Desk) -> AsyncIterator[Terminal]:
    terminal = await Terminal.start(desk, "init")
    yield terminal
    await terminal.close()


async def serve_telegram(terminal: Terminal) -> None:
    await terminal.expects("Serve Telegram? [Y/n]:")
    terminal.types("")


async def tell_the_bot(terminal: Terminal, telegram: FakeTelegram) -> None:
    await terminal.expects("Token:")
    terminal.types(TOKEN)
    await terminal.expects("Bot API server")
    terminal.types(telegram.url)
    await terminal.expects("✓ Telegram: the bot's token (@newsroom_bot)")


async def tell_rooms(terminal: Terminal, editors: str, russian: str) -> None:
    await terminal.expects("Editors' room:")
    terminal.types(editors)
    await terminal.expects("Channel in Russian")
    terminal.types(russian)
    for language in ("English", "German", "French", "Czech"):
        await terminal.expects(f"Channel in {language}")
        terminal.types("")


async def test_a_newsroom_is_set_up(desk: Desk, telegram: FakeTelegram, terminal: Terminal) -> None:
    bot = telegram.bot("newsroom_bot")
    editors, channel = telegram.supergroup("Editors"), telegram.channel("Stories", username="our_stories")
    editors.promotes(bot)
    channel.promotes(bot)
    await serve_telegram(terminal)
    await tell_the_bot(terminal, telegram)
    await tell_rooms(terminal, str(editors.id), "@our_stories")
    await terminal.expects("✓ Telegram: the editors' room: the bot's rights")
    await terminal.expects("✓ Telegram: the channel for ru: the bot's rights")
    await terminal.expects("Serve Matrix? [y/N]:")
    terminal.types("")
    await terminal.expects("Passphrase (empty: none):")
    terminal.types("")
    await terminal.expects("Back up the root key now")
    assert await terminal.ends() == 0

    config = desk.folder / "config.toml"
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    settings = load(config)
    assert settings.telegram is not None
    assert settings.matrix is None
    assert settings.telegram.token.reveal() == TOKEN
    assert settings.telegram.editors_chat == str(editors.id)
    assert settings.telegram.channels == {"ru": "@our_stories"}
    assert stat.S_IMODE(settings.root_file.stat().st_mode) == 0o600
    assert settings.ring.exists()
    assert "begun already" in (await desk.run("init")).err
    assert telegram.violations == []


async def test_wrong_answers_are_explained_and_asked_again(telegram: FakeTelegram, terminal: Terminal) -> None:
    await serve_telegram(terminal)
    await terminal.expects("Token:")
    terminal.types("12345:short")
    await terminal.expects("This is not a bot's token")
    await terminal.expects("Token:")
    terminal.types(f"1{TOKEN}")
    await terminal.expects("Bot API server")
    terminal.types("http://telegram.example.org")
    await terminal.expects("must begin with https://")
    await terminal.expects("Bot API server")
    terminal.types(telegram.url)
    await terminal.expects("✗ Telegram: the bot's token")
    await tell_the_bot(terminal, telegram)
    await terminal.expects("Editors' room:")
    terminal.types("our room")
    await terminal.expects("must be the chat's id")


async def test_rights_that_are_missing_are_mended_and_checked_again(
    desk: Desk, telegram: FakeTelegram, terminal: Terminal
) -> None:
    bot, editors = telegram.bot("newsroom_bot"), telegram.supergroup("Editors")
    editors.admits(bot)
    await serve_telegram(terminal)
    await tell_the_bot(terminal, telegram)
    await tell_rooms(terminal, str(editors.id), "")
    await terminal.expects("✗ Telegram: the editors' room: the bot's rights")
    await terminal.expects("check again?")
    editors.promotes(bot)
    terminal.types("y")
    await terminal.expects("✓ Telegram: the editors' room: the bot's rights")
    await terminal.expects("Serve Matrix? [y/N]:")
    terminal.types("n")
    await terminal.expects("Passphrase (empty: none):")
    terminal.types("five random words are best")
    await terminal.expects("The same again:")
    terminal.types("five random words are best")
    assert await terminal.ends() == 0
    assert "five random" not in terminal.screen.replace("five random words.", "")
    assert 'root_key = "passphrase"' in (desk.folder / "config.toml").read_text()

    listing = await Terminal.start(desk, "editors", "list")
    await listing.expects("Passphrase of the root key:")
    listing.types("five random words are best")
    await listing.expects("Nobody is enrolled yet")
    assert await listing.ends() == 0
    await listing.close()


async def test_whoever_stops_in_the_middle_has_changed_nothing(desk: Desk, terminal: Terminal) -> None:
    await serve_telegram(terminal)
    await terminal.expects("Token:")
    terminal.interrupts()
    await terminal.expects("Stopped.")
    assert await terminal.ends() == 130
    assert list(desk.folder.iterdir()) == []


async def test_what_is_typed_ahead_ends_calmly(desk: Desk) -> None:
    done = await desk.run("init", typed="y\n12345\n")
    assert done.code == 130
    assert "This is not a bot's token" in done.err


async def test_a_config_that_is_there_is_kept(desk: Desk) -> None:
    before = desk.config().read_text()
    said = await desk.succeeds("init")
    assert "config.toml is there already and stays as it is" in said
    assert "Back up the root key now" in said
    assert (desk.folder / "config.toml").read_text() == before
    assert "begun already" in await desk.refuses("init")
