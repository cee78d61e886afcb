"""One bot account on Telegram: it receives, sends, looks into rooms and fetches files, each with its own token."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

from telegram import Bot, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import InvalidToken, TelegramError

from bot.errors import PlatformDenied
from bot.outcomes import Delivered, Outcome
from bot.platforms.base import Deliver, Finding, Menus, OpenBlob, Sink
from bot.platforms.names import TELEGRAM
from bot.platforms.telegram import download, rooms
from bot.platforms.telegram.answers import Answers
from bot.platforms.telegram.content import chat_id, keyboard_of
from bot.platforms.telegram.errors import outcome_of
from bot.platforms.telegram.incoming import Reader
from bot.platforms.telegram.intake import Intake
from bot.platforms.telegram.many import OneMessage, text_message
from bot.platforms.telegram.outgoing import Sender
from bot.platforms.telegram.photos import FileIds, OnePhoto
from bot.platforms.telegram.polling import BOT_REFUSED, Poller
from bot.platforms.telegram.settings import TelegramSettings
from bot.platforms.telegram.transport import AiohttpRequest
from bot.platforms.telegram.webhook import Caller
from bot.platforms.telegram.wires import Wires
from bot.platforms.waiting import Backoff
from bot.types import File, FileKind, Menu, Outgoing, Show
from storage.address import Account, Address, Reference

log = logging.getLogger(__name__)

CONNECTIONS = 32
PAID_CONNECTIONS = 160


class BotAccount:
    """Telegram being away does not keep it from starting: everything here tries again by itself."""

    def __init__(self, name: str, settings: TelegramSettings) -> None:
        """name: as in the config, a part of every address"""
        self._name = name
        self._settings = settings
        self._calls = AiohttpRequest(
            read_seconds=settings.read_seconds,
            connections=PAID_CONNECTIONS if settings.paid_broadcasts else CONNECTIONS,
        )
        self._polls = AiohttpRequest(read_seconds=settings.read_seconds, connections=1)
        self._bot = Bot(
            settings.token.reveal(),
            base_url=f"{settings.api_url}/bot",
            base_file_url=f"{settings.file_url}/bot",
            request=self._calls,
            get_updates_request=self._polls,
        )
        self._wires = Wires(self._bot.base_url, settings.read_seconds)
        self._username: str | None = None
        self._editors_menus: Menus = {"": ()}
        self._answers = Answers(self._bot)
        self._sender = Sender(self._bot, self._who)
        self._file_ids = FileIds()

    async def start(self) -> None:
        await self._calls.initialize()
        await self._polls.initialize()
        try:
            await self._who()
        except InvalidToken:
            raise PlatformDenied(BOT_REFUSED) from None
        except TelegramError as error:
            log.warning("Telegram can't be reached yet: %s", type(error).__name__)

    async def stop(self) -> None:
        await self._answers.settle()
        self._wires.close()
        await self._calls.shutdown()
        await self._polls.shutdown()

    async def poll(self, sink: Sink) -> None:
        """Until cancelled. Raises PlatformDenied when the token is refused."""
        await Poller(self._bot, self._polls, await self._intake(), self._settings).run(sink)

    async def caller(self) -> Caller:
        """For a webhook. Raises PlatformDenied when the token is refused."""
        return Caller(self._bot, await self._intake(), self._settings)

    async def perform(
        self, outgoing: Outgoing, chat: Address, before: Reference | None, open_blob: OpenBlob
    ) -> Outcome:
        if isinstance(outgoing, Menu):
            return await self._offer(outgoing, chat)
        return await self._sender.perform(outgoing, chat, before, open_blob)

    async def ready(self, show: Show, open_blob: OpenBlob) -> Deliver:
        try:
            keyboard = await keyboard_of(show.content, self._who)
        except TelegramError:  # whoever is sent to learns what it means
            return self._one_by_one(show, open_blob)
        media, paid = show.content.media, self._settings.paid_broadcasts
        if media is None:
            message = text_message(show, keyboard, paid=paid)
            return OneMessage(self._wires, "sendMessage", message)
        if media.kind is not FileKind.PHOTO:
            return self._one_by_one(show, open_blob)
        return OnePhoto(
            bot=self._bot,
            wires=self._wires,
            show=show,
            media=media,
            keyboard=keyboard,
            paid=paid,
            open_blob=open_blob,
            known=self._file_ids,
        )

    async def is_member(self, room: Address, person: Account) -> bool:
        return await rooms.is_member(self._bot, room, person)

    def download(self, file: File) -> AsyncIterator[bytes]:
        return download.download(self._bot, self._calls, self._settings, file)

    async def check(self) -> list[Finding]:
        return await rooms.findings(self._bot, self._settings)

    async def register(self, menus: Menus, editors: Menus, *, default: str) -> None:
        """As `Adapter.register`: the commands that private chats offer. Nothing depends on its success."""
        self._editors_menus = {**editors, "": editors[default]}
        try:
            for language, menu in (*menus.items(), ("", menus[default])):
                await self._bot.set_my_commands(
                    menu, scope=BotCommandScopeAllPrivateChats(), language_code=language or None
                )
        except TelegramError as error:
            log.warning("The list of commands could not be set: %s", type(error).__name__)

    def _one_by_one(self, show: Show, open_blob: OpenBlob) -> Deliver:
        async def deliver(chat: Address, _key: str) -> Outcome:
            return await self.perform(show, chat, None, open_blob)

        return deliver

    async def _offer(self, menu: Menu, chat: Address) -> Outcome:
        """A list of its own for one chat goes before the one for all private chats."""
        scope = BotCommandScopeChat(chat_id(chat))
        try:
            if menu.editors:
                commands = self._editors_menus.get(menu.language, self._editors_menus[""])
                await self._bot.set_my_commands(commands, scope=scope)
            else:
                await self._bot.delete_my_commands(scope=scope)
        except TelegramError as error:
            return outcome_of(error, chat, repeatable=True)
        return Delivered()

    async def _intake(self) -> Intake:
        return Intake(Reader(self._name, await self._known()), self._answers, f"{TELEGRAM}:{self._name}")

    async def _who(self) -> str:
        if self._username is None:
            self._username = (await self._bot.get_me()).username
        return self._username or ""

    async def _known(self) -> str:
        backoff = Backoff(self._settings.longest_wait)
        while True:
            try:
                return await self._who()
            except InvalidToken:
                raise PlatformDenied(BOT_REFUSED) from None
            except TelegramError:
                await asyncio.sleep(backoff.next())
