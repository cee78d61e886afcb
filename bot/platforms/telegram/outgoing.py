"""Our messages on Telegram: sent, edited, moved, deleted. Formatting goes as entities, never as markup."""

from __future__ import annotations

import logging

from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto, LinkPreviewOptions, Message
from telegram.error import BadRequest, TelegramError

from bot.platforms.base import OpenBlob
from bot.platforms.telegram.content import Username, chat_id, keyboard_of, message_id, photo_of, text_of
from bot.platforms.telegram.erasing import erase
from bot.platforms.telegram.errors import NOT_EDITABLE, NOT_MODIFIED, outcome_of, says
from bot.types import Content, Delivered, Outcome, Outgoing, Place, Refused, Show
from storage.address import Address, Reference
from storage.private import Private

log = logging.getLogger(__name__)

_FILE_NAME = "photo.jpg"
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Sender:
    def __init__(self, bot: Bot, username: Username) -> None:
        self._bot = bot
        self._username = username

    async def perform(
        self, outgoing: Outgoing, chat: Address, before: Reference | None, open_blob: OpenBlob
    ) -> Outcome:
        """As `Adapter.perform`. What `open_blob` raises passes through."""
        photo = None
        if isinstance(outgoing, Show) and outgoing.content.media is not None:
            photo = await photo_of(open_blob, outgoing.content.media.blob)
            if photo is None:
                return Refused(why="the photo is larger than 10 MB")
        try:
            if isinstance(outgoing, Show):
                return await self._show(outgoing, chat, before, photo)
            mine = (before,) if before is not None and outgoing.anchor is not None else ()
            return await erase(self._bot, chat, (*outgoing.references, *mine))
        except TelegramError as error:
            return outcome_of(error, chat)
        except Exception as error:  # a fault of ours or the library's: it must not stop the others
            log.error("A message could not be made: %s", type(error).__name__)
            return Refused(why=type(error).__name__)

    async def _show(self, show: Show, chat: Address, before: Reference | None, photo: bytes | None) -> Outcome:
        keyboard = await keyboard_of(show.content, self._username)
        if before is not None and show.place is Place.SAME:
            edited = await self._edit(show.content, chat, before, photo, keyboard)
            if edited is not None:
                return edited
        if before is not None and show.place is not Place.NEW:
            hindered = await self._remove(chat, before)
            if hindered is not None:
                return hindered
        return _delivered(chat, await self._send(show, chat, photo, keyboard))

    async def _send(
        self, show: Show, chat: Address, photo: bytes | None, keyboard: InlineKeyboardMarkup | None
    ) -> Message:
        text, entities = text_of(show.content)
        if photo is not None:
            return await self._bot.send_photo(
                chat_id(chat),
                photo,
                filename=_FILE_NAME,
                caption=text,
                caption_entities=entities,
                reply_markup=keyboard,
                disable_notification=show.silent,
                protect_content=show.protect,
            )
        return await self._bot.send_message(
            chat_id(chat),
            text,
            entities=entities,
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard,
            disable_notification=show.silent,
            protect_content=show.protect,
        )

    async def _edit(
        self,
        content: Content,
        chat: Address,
        before: Reference,
        photo: bytes | None,
        keyboard: InlineKeyboardMarkup | None,
    ) -> Outcome | None:
        """None: this message can't become that one; a new one must be sent."""
        text, entities = text_of(content)
        where, message = chat_id(chat), message_id(before)
        try:
            if photo is not None:
                media = InputMediaPhoto(photo, filename=_FILE_NAME, caption=text, caption_entities=entities)
                await self._bot.edit_message_media(media, where, message, reply_markup=keyboard)
            else:
                await self._bot.edit_message_text(
                    text,
                    where,
                    message,
                    entities=entities,
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=keyboard,
                )
        except TelegramError as error:
            if says(error, NOT_EDITABLE):
                return None
            if not says(error, NOT_MODIFIED):
                return outcome_of(error, chat, repeatable=True)
        return Delivered(reference=before)

    async def _remove(self, chat: Address, before: Reference) -> Outcome | None:
        """Makes room at the bottom; None: go on, also when the old message has to stay."""
        try:
            await self._bot.delete_message(chat_id(chat), message_id(before))
        except TelegramError as error:
            if not isinstance(error, BadRequest):
                return outcome_of(error, chat, repeatable=True)
        return None


def _delivered(chat: Address, message: Message) -> Delivered:
    return Delivered(reference=Reference(chat=chat, message=Private(str(message.message_id))))
