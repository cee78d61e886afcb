"""Telegram, as everybody else in the house sees it: one bot account, or several for one newsroom."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

import msgspec

from bot.errors import FileLost
from bot.outcomes import Outcome, Refused
from bot.platforms.base import Deliver, Finding, Menus, OpenBlob, Receive, Sink
from bot.platforms.names import TELEGRAM
from bot.platforms.telegram import download
from bot.platforms.telegram.account import BotAccount
from bot.platforms.telegram.incoming import bot_of
from bot.platforms.telegram.settings import TelegramSettings
from bot.platforms.telegram.webhook import Webhook
from bot.rooms import BOT
from bot.types import Capabilities, File, Outgoing, Sharing, Show
from storage.address import Account, Address, Reference

PER_SECOND = 29.2
"""Of 30 that Telegram takes: at 30.0 every jitter of the line is refused, and each refusal costs more than it won."""
PAID_PER_SECOND = 996.0
"""Of 1000, where broadcasts are paid for."""
CAPABILITIES = Capabilities(
    buttons=True,
    text_limit=4096,
    caption_limit=1024,
    per_second=PER_SECOND,
    private_gap=1.0,
    room_per_minute=20,
    download_limit=download.LARGEST,
)

NO_BOT = Refused(why="the bot it was to come from is not in the config any more")


class TelegramAdapter:
    """An address says which bot account it is of. The rooms are the first one's."""

    def __init__(self, settings: TelegramSettings) -> None:
        self._settings = settings
        self._bots = {name: BotAccount(name, own) for name, own in settings.each().items()}
        self.capabilities = msgspec.structs.replace(
            CAPABILITIES,
            download_limit=download.download_limit(settings),
            many_per_second=PAID_PER_SECOND if settings.paid_broadcasts else None,
            sharing=Sharing.SENDING if self._is_polling else Sharing.ALL,
        )

    @property
    def platform(self) -> str:
        return TELEGRAM

    @property
    def inlets(self) -> Mapping[str, Receive]:
        if self._is_polling:
            return {name: bot.poll for name, bot in self._bots.items()}
        return {BOT: self._be_called}

    async def start(self) -> None:
        try:
            for bot in self._bots.values():
                await bot.start()
        except BaseException:
            await self.stop()
            raise

    async def perform(
        self, outgoing: Outgoing, chat: Address, before: Reference | None, open_blob: OpenBlob, key: str
    ) -> Outcome:
        bot = self._bots.get(chat.bot)
        if bot is None:
            return NO_BOT
        return await bot.perform(outgoing, chat, before, open_blob)

    async def ready(self, show: Show, open_blob: OpenBlob) -> Deliver:
        ready = {name: await bot.ready(show, open_blob) for name, bot in self._bots.items()}

        async def nobody(_chat: Address, _key: str) -> Outcome:
            return NO_BOT

        return lambda chat, key: ready.get(chat.bot, nobody)(chat, key)

    async def is_member(self, room: Address, person: Account) -> bool:
        return await self._bots[room.bot].is_member(room, person)

    def download(self, file: File) -> AsyncIterator[bytes]:
        name, file = bot_of(file)
        if name not in self._bots:
            raise FileLost
        return self._bots[name].download(file)

    async def check(self) -> list[Finding]:
        return [found for bot in self._bots.values() for found in await bot.check()]

    async def register(self, menus: Menus, editors: Menus, *, default: str) -> None:
        for bot in self._bots.values():
            await bot.register(menus, editors, default=default)

    async def stop(self) -> None:
        for bot in self._bots.values():
            await bot.stop()

    @property
    def _is_polling(self) -> bool:
        return self._settings.mode == "polling"

    async def _be_called(self, sink: Sink) -> None:
        """All bots by one port; each has a path of its own."""
        callers = [await bot.caller() for bot in self._bots.values()]
        await Webhook(callers, self._settings.webhook_listen).run(sink)
