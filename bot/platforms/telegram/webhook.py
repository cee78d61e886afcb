"""Telegram calls us. A call is answered with 200 only when its update is on the disk; else Telegram calls again."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Sequence
from functools import partial

from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.errors import PlatformDenied
from bot.platforms.base import Sink
from bot.platforms.telegram.incoming import ALLOWED_UPDATES
from bot.platforms.telegram.intake import Intake
from bot.platforms.telegram.polling import BOT_REFUSED
from bot.platforms.telegram.settings import TelegramSettings
from bot.platforms.waiting import Backoff

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
LARGEST_UPDATE = 1024 * 1024
"""bytes; a text of 4096 characters with every entity stays far below"""


def path(settings: TelegramSettings) -> str:
    """Nobody who doesn't know the token can guess it."""
    return "/" + _derived(settings, "path")


def address(settings: TelegramSettings) -> str:
    """Where Telegram is to call."""
    return settings.webhook_url.rstrip("/") + path(settings)


class Caller:
    """Telegram's calls for one bot account."""

    def __init__(self, bot: Bot, intake: Intake, settings: TelegramSettings) -> None:
        self._bot = bot
        self._intake = intake
        self._settings = settings
        given = settings.webhook_secret
        self._secret = given.reveal() if given is not None else _derived(settings, "secret")
        self.path = path(settings)

    async def announce(self) -> None:
        """Raises PlatformDenied when the token is refused."""
        backoff = Backoff(self._settings.longest_wait)
        while True:
            try:
                # One connection: with more, a chat's events may come out of order.
                await self._bot.set_webhook(
                    address(self._settings),
                    secret_token=self._secret,
                    max_connections=1,
                    allowed_updates=ALLOWED_UPDATES,
                )
            except InvalidToken:
                raise PlatformDenied(BOT_REFUSED) from None
            except TelegramError as error:
                log.warning("The webhook could not be set: %s", type(error).__name__)
                await asyncio.sleep(backoff.next())
            else:
                return

    async def called(self, request: web.Request, sink: Sink) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="replace"), self._secret.encode()):
            return web.Response(status=403)
        try:
            raw = json.loads(await request.read())
        except ValueError:
            return web.Response(status=400)
        try:
            await self._intake.take([raw], sink, None)
        except Exception as error:
            log.error("What arrived could not be stored (%s); Telegram will call again", type(error).__name__)
            return web.Response(status=503)
        return web.Response()


class Webhook:
    """listen: host and port"""

    def __init__(self, callers: Sequence[Caller], listen: tuple[str, int]) -> None:
        self._callers = callers
        self._listen = listen

    async def run(self, sink: Sink) -> None:
        """Serves until cancelled. Raises PlatformDenied when a token is refused, OSError when the port is taken."""
        app = web.Application(client_max_size=LARGEST_UPDATE)
        for caller in self._callers:
            app.router.add_post(caller.path, partial(_called, caller, sink))
        runner = web.AppRunner(app, access_log=None, handle_signals=False)
        await runner.setup()
        try:
            await web.TCPSite(runner, *self._listen).start()
            for caller in self._callers:
                await caller.announce()
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()


async def _called(caller: Caller, sink: Sink, request: web.Request) -> web.Response:
    return await caller.called(request, sink)


def _derived(settings: TelegramSettings, what: str) -> str:
    key = settings.token.reveal().encode()
    return hmac.digest(key, b"tamizdat/v1/webhook/" + what.encode(), hashlib.sha256).hex()
