"""What the config says of one Telegram bot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from bot.rooms import BOT
from storage.private import Private

OFFICIAL_API = "https://api.telegram.org"


class TelegramSettings(msgspec.Struct, frozen=True, kw_only=True):
    token: Private[str]
    api_url: str = OFFICIAL_API
    """methods are at `{api_url}/bot<token>/<method>`; another address: a Bot API server of one's own"""
    file_url: str = f"{OFFICIAL_API}/file"
    """files are at `{file_url}/bot<token>/<path>`"""
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    """the public https address that leads to `webhook_listen`; a secret path is added to it"""
    webhook_secret: Private[str] | None = None
    """1–256 letters, digits, `_`, `-`; without one it is derived from the token"""
    webhook_listen: tuple[str, int] = ("127.0.0.1", 8443)
    """host and port"""
    editors_chat: str | None = None
    """chat id, or @name"""
    channels: Mapping[str, str] = {}
    """language → chat id or @name"""
    paid_broadcasts: bool = False
    """1000 messages a second instead of 30, which cost Stars (Bot API, allow_paid_broadcast)"""
    bots: Mapping[str, Private[str]] = {}
    """further bots of the newsroom, by a name of our own → token; the rooms are the first one's"""
    poll_seconds: int = 25
    """how long Telegram holds a poll open while nothing happens"""
    read_seconds: float = 20.0
    """how long an answer may take before it counts as lost"""
    longest_wait: float = 30.0
    """seconds between two tries to receive, when Telegram is away"""

    def each(self) -> dict[str, TelegramSettings]:
        """Of each bot by itself, the first one first."""
        alone = msgspec.structs.replace(self, bots={})
        further = {
            name: msgspec.structs.replace(alone, token=token, editors_chat=None, channels={})
            for name, token in self.bots.items()
        }
        return {BOT: alone, **further}
