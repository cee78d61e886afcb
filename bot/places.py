"""The rooms that the config names, of all platforms together."""

from __future__ import annotations

from urllib.parse import quote

from bot.config import Settings
from bot.demo import page_rooms
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.names import MATRIX, TELEGRAM
from bot.platforms.telegram.settings import TelegramSettings
from bot.rooms import BOT, Rooms
from storage.address import Address
from storage.private import Private

_TITLES = {TELEGRAM: "Telegram", MATRIX: "Matrix"}


def rooms_of(settings: Settings) -> Rooms:
    """Stories go out to the channels of every platform; what comes by one is shown to editors there only.

    Except for Telegram without an editors' room: Telegram can read what comes by it in any case, so Matrix may see it.
    """
    configs: list[tuple[str, TelegramSettings | MatrixSettings]] = []
    editors: dict[str, Address] = {}
    if settings.telegram is not None:
        configs.append((TELEGRAM, settings.telegram))
        if settings.telegram.editors_chat is not None:
            editors[TELEGRAM] = _room(TELEGRAM, settings.telegram.editors_chat)
    if settings.matrix is not None:
        configs.append((MATRIX, settings.matrix))
        if settings.matrix.editors_room is not None:
            editors[MATRIX] = _room(MATRIX, settings.matrix.editors_room)
    if not configs:
        return page_rooms()
    channels: dict[str, tuple[Address, ...]] = {}
    for platform, config in configs:
        for language, room in config.channels.items():
            channels[language] = (*channels.get(language, ()), _room(platform, room))
    guests = {TELEGRAM: MATRIX} if settings.telegram is not None and set(editors) == {MATRIX} else {}
    joinable = {} if settings.matrix is None else {MATRIX: _links(settings.matrix)}
    typed = frozenset() if settings.matrix is None else frozenset({MATRIX})
    bots = {} if settings.telegram is None else {TELEGRAM: tuple(settings.telegram.bots)}
    return Rooms(editors=editors, channels=channels, guests=guests, joinable=joinable, typed=typed, bots=bots)


def what_follows(rooms: Rooms) -> str | None:
    """Of where there is an editors' room and where not, in a sentence for the log; None: nothing that isn't plain."""
    for guest, host in rooms.guests.items():
        return (
            f"{_TITLES[guest]} has no editors' room: what comes by it is shown in the one on {_TITLES[host]}, and "
            f"nobody works as an editor on {_TITLES[guest]}"
        )
    if len(rooms.editors) > 1:
        return (
            "what comes by one messenger is shown to editors there only: who works on both needs an account on each "
            "(`tamizdat editors link` makes them one person)"
        )
    return None


def _room(platform: str, chat: str) -> Address:
    return Address(platform=platform, bot=BOT, chat=Private(chat))


def _links(settings: MatrixSettings) -> dict[str, str]:
    """With the server to ask for the room: not every room id says it any more."""
    server = settings.user.partition(":")[2]
    return {
        language: f"https://matrix.to/#/{quote(room, safe='!:')}?via={quote(server, safe=':')}"
        for language, room in settings.channels.items()
    }
