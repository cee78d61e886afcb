"""Asking the platforms whether they work, before or beside the service."""

from __future__ import annotations

from bot.errors import PlatformDenied
from bot.platforms.base import Finding
from bot.platforms.telegram.settings import TelegramSettings


async def check_telegram(settings: TelegramSettings) -> list[Finding]:
    """Takes no message away from a service that runs."""
    # Here, because the library takes half a second to load, which no other command should wait for.
    from bot.platforms.telegram.adapter import TelegramAdapter

    adapter = TelegramAdapter(settings)
    try:
        await adapter.start()
    except PlatformDenied as error:
        return [Finding(what="Telegram: the bot's token", ok=False, remedy=str(error))]
    try:
        return await adapter.check()
    finally:
        await adapter.stop()
