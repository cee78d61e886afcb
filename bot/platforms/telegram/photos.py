"""One photo for many chats: uploaded once, and shown to all others by the id that Telegram has given it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import Bot, InlineKeyboardMarkup
from telegram.error import TelegramError

from bot.outcomes import Delivered, Outcome, Refused
from bot.platforms.base import OpenBlob
from bot.platforms.telegram.content import chat_id
from bot.platforms.telegram.files import objection, outcome_of_upload, send_file
from bot.platforms.telegram.many import OneMessage, photo_message
from bot.platforms.telegram.wires import Wires
from bot.platforms.upload import Upload
from bot.types import Media, Show
from storage.address import Address, Reference
from storage.ids import BlobId
from storage.private import Private

_KEPT_SECONDS = 600.0
"""What is shredded may be named by its id for so long, in memory only."""


class FileIds:
    """Of one bot account: another's can't be used."""

    def __init__(self) -> None:
        self._ids: dict[BlobId, Private[str]] = {}

    def get(self, blob: BlobId) -> Private[str] | None:
        return self._ids.get(blob)

    def keep(self, blob: BlobId, file_id: Private[str]) -> None:
        if self._ids.setdefault(blob, file_id) is file_id:
            asyncio.get_running_loop().call_later(_KEPT_SECONDS, self.forget, blob)

    def forget(self, blob: BlobId) -> None:
        self._ids.pop(blob, None)


@dataclass(kw_only=True)
class OnePhoto:
    """Whoever comes before the first upload has arrived gets one of their own: nobody waits for somebody else's."""

    bot: Bot
    wires: Wires
    show: Show
    media: Media
    keyboard: InlineKeyboardMarkup | None
    paid: bool
    open_blob: OpenBlob
    known: FileIds
    _by_id: tuple[Private[str], OneMessage] | None = None

    async def __call__(self, chat: Address, key: str) -> Outcome:
        file_id = self.known.get(self.media.blob)
        if file_id is None:
            return await self._upload(chat)
        if self._by_id is None or self._by_id[0] != file_id:
            message = photo_message(self.show, file_id.reveal(), self.keyboard, paid=self.paid)
            self._by_id = file_id, OneMessage(self.wires, "sendPhoto", message)
        outcome = await self._by_id[1](chat, key)
        if isinstance(outcome, Refused):  # perhaps the id: the file itself tells
            self.known.forget(self.media.blob)
            return await self._upload(chat)
        return outcome

    async def _upload(self, chat: Address) -> Outcome:
        if (why := objection(self.media)) is not None:
            return Refused(why=why)
        upload = Upload(self.media, self.open_blob)
        try:
            message = await send_file(
                self.bot,
                chat_id(chat),
                self.show.content,
                upload,
                self.keyboard,
                disable_notification=self.show.silent,
                protect_content=self.show.protect,
                allow_paid_broadcast=self.paid or None,
            )
        except TelegramError as error:
            return outcome_of_upload(error, upload, chat)
        if message.photo:
            self.known.keep(self.media.blob, Private(message.photo[-1].file_id))
        return Delivered(reference=Reference(chat=chat, message=Private(str(message.message_id))))
