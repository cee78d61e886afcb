"""Files that people sent, piece by piece."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.errors import FileLost, FileRefused, FileTooLarge, PlatformAway
from bot.platforms.telegram.errors import NO_FILE, says
from bot.platforms.telegram.rooms import platform_error
from bot.platforms.telegram.settings import OFFICIAL_API, TelegramSettings
from bot.platforms.telegram.transport import CHUNK, AiohttpRequest
from bot.types import File

LARGEST = 20 * 1024 * 1024
"""bytes; what bots may download (Bot API, getFile)"""
LARGEST_FROM_OUR_OWN = 50 * 1024 * 1024
"""bytes; a Bot API server of one's own gives more in its local mode. Above this no bot could send the file on (Bot API,
sending files), so nobody would ever see it."""


def download_limit(settings: TelegramSettings) -> int:
    return LARGEST if settings.api_url == OFFICIAL_API else LARGEST_FROM_OUR_OWN


async def download(bot: Bot, calls: AiohttpRequest, settings: TelegramSettings, file: File) -> AsyncIterator[bytes]:
    """Raises FileRefused, PlatformAway or PlatformDenied."""
    limit = download_limit(settings)
    if (file.size or 0) > limit:
        raise FileTooLarge(limit)
    path = await _path(bot, file)
    pieces = _from_disk(path) if _is_on_disk(path, settings) else calls.stream(_url(bot, path))
    size = 0
    try:
        async for piece in pieces:
            size += len(piece)
            if size > limit:
                raise FileTooLarge(limit)
            yield piece
    except TelegramError as error:
        raise _problem(error) from None


async def _path(bot: Bot, file: File) -> str:
    try:
        found = await bot.get_file(file.handle.reveal())
    except TelegramError as error:
        raise _problem(error) from None
    if not found.file_path:
        raise FileLost
    return found.file_path.removeprefix(f"{bot.base_file_url}/")


def _problem(error: TelegramError) -> FileRefused | PlatformAway | Exception:
    if says(error, NO_FILE):
        return FileTooLarge(LARGEST)  # also one of our own, without its local mode
    if isinstance(error, BadRequest | Forbidden):
        return FileLost()
    return platform_error(error)


def _url(bot: Bot, path: str) -> str:
    return f"{bot.base_file_url}/{path}"


def _is_on_disk(path: str, settings: TelegramSettings) -> bool:
    """A Bot API server of one's own in local mode names files on its disk. Telegram's own never does."""
    if not path.startswith("/"):
        return False
    if settings.api_url == OFFICIAL_API or not Path(path).is_file():
        raise FileRefused("The Bot API server names a file on its own disk; run it on this machine or without --local.")
    return True


async def _from_disk(path: str) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(open, path, "rb") as stored:
        while piece := await asyncio.to_thread(stored.read, CHUNK):
            yield piece
