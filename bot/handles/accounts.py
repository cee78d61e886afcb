"""The newsroom's own accounts: those of the platforms that it serves, and what the config names besides."""

from __future__ import annotations

from bot.config import Settings
from bot.errors import PlatformDenied
from bot.platforms.telegram.settings import TelegramSettings


async def own_accounts(settings: Settings) -> tuple[str, ...]:
    """As they stand in the list; the bots come first. Asks Telegram how each bot is called.

    Raises PlatformAway when Telegram does not answer, PlatformDenied when it refuses the token.
    """
    accounts: list[str] = []
    if settings.telegram is not None:
        accounts += [f"Telegram: @{await _bot_name(bot)}" for bot in settings.telegram.each().values()]
    if settings.matrix is not None:
        accounts.append(f"Matrix: {settings.matrix.user}")
    if settings.telegram is not None:
        accounts += [f"Telegram: {name}" for name in settings.telegram.channels.values() if name.startswith("@")]
    if settings.matrix is not None:
        accounts += [f"Matrix: {room}" for room in settings.matrix.channels.values()]
    return tuple(dict.fromkeys((*accounts, *settings.handles.also)))


def nameless_channels(settings: Settings) -> tuple[str, ...]:
    """The languages of channels on Telegram that the config knows by a number only: nobody could recognise it."""
    channels = {} if settings.telegram is None else settings.telegram.channels
    return tuple(language for language, name in channels.items() if not name.startswith("@"))


async def _bot_name(settings: TelegramSettings) -> str:
    # Here, because the library takes half a second to load, which a newsroom without Telegram should not wait for.
    from telegram import Bot
    from telegram.error import TelegramError

    from bot.platforms.telegram.rooms import platform_error
    from bot.platforms.telegram.transport import AiohttpRequest

    calls = AiohttpRequest(read_seconds=settings.read_seconds, connections=1)
    bot = Bot(settings.token.reveal(), base_url=f"{settings.api_url}/bot", request=calls)
    await calls.initialize()
    try:
        name = (await bot.get_me()).username
    except TelegramError as error:
        raise platform_error(error) from None
    finally:
        await calls.shutdown()
    if name is None:
        raise PlatformDenied("Telegram gives the bot no name: ask @BotFather.")
    return name
