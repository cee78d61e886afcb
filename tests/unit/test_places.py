"""The newsroom's rooms out of the config: whose stories are shown where, and what is published where."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Settings
from bot.places import rooms_of, what_follows
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.telegram.settings import TelegramSettings
from storage.private import Private

MATRIX = MatrixSettings(
    homeserver="https://matrix.example.org",
    user="@newsroom:example.org",
    editors_room="!editors:example.org",
    channels={"ru": "!russian:example.org", "de": "!ohne-server"},
)
TELEGRAM = TelegramSettings(token=Private("t"), editors_chat="-1001", channels={"ru": "@our_channel"})


def settings(telegram: TelegramSettings | None = None, matrix: MatrixSettings | None = None) -> Settings:
    return Settings(file=None, data=Path("d"), keys=Path("k"), telegram=telegram, matrix=matrix)


@pytest.mark.parametrize("platform", ["telegram", "matrix"])
def test_with_both_each_shows_its_own_stories_only(platform: str) -> None:
    rooms = rooms_of(settings(TELEGRAM, MATRIX))
    assert rooms.origins(platform) == {platform}
    room = rooms.room_for(platform)
    assert room is not None
    assert room.platform == platform
    assert "to editors there only" in (what_follows(rooms) or "")


def test_a_story_goes_out_on_both() -> None:
    rooms = rooms_of(settings(TELEGRAM, MATRIX))
    assert [room.chat.reveal() for room in rooms.channels["ru"]] == ["@our_channel", "!russian:example.org"]
    assert [room.platform for room in rooms.channels["de"]] == ["matrix"]
    assert rooms.ids == {"-1001", "@our_channel", "!editors:example.org", "!russian:example.org", "!ohne-server"}


def test_telegram_without_an_editors_room_is_shown_on_matrix() -> None:
    bare = TelegramSettings(token=Private("t"), channels={})
    rooms = rooms_of(settings(bare, MATRIX))
    assert rooms.origins("matrix") == {"matrix", "telegram"}
    assert rooms.origins("telegram") == frozenset()
    assert rooms.room_for("telegram") == rooms.room_for("matrix")
    assert "nobody works as an editor on Telegram" in (what_follows(rooms) or "")


def test_what_came_by_matrix_is_never_a_guest_of_telegram() -> None:
    """The config asks for an editors' room there; without one nobody sees the stories, rather than Telegram."""
    rooms = rooms_of(settings(TELEGRAM, MatrixSettings(homeserver="https://m", user="@n:m")))
    assert rooms.room_for("matrix") is None
    assert rooms.origins("telegram") == {"telegram"}


@pytest.mark.parametrize(("telegram", "matrix"), [(TELEGRAM, None), (None, MATRIX)])
def test_one_messenger_needs_no_word(telegram: TelegramSettings | None, matrix: MatrixSettings | None) -> None:
    assert what_follows(rooms_of(settings(telegram, matrix))) is None


def test_a_link_to_a_public_room_names_a_server_that_knows_it() -> None:
    assert rooms_of(settings(None, MATRIX)).joinable["matrix"] == {
        "ru": "https://matrix.to/#/!russian:example.org?via=example.org",
        "de": "https://matrix.to/#/!ohne-server?via=example.org",
    }


def test_without_a_messenger_it_is_the_page() -> None:
    rooms = rooms_of(settings())
    assert set(rooms.editors) == {"local"}
    assert rooms.demo
