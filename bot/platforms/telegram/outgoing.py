"""Our messages on Telegram: sent, edited, moved, deleted. Formatting goes as entities, never as markup."""

from __future__ import annotations

import logging

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.error import BadRequest, TelegramError

from bot.outcomes import Delivered, Outcome, Refused
from bot.platforms.base import OpenBlob
from bot.platforms.telegram.content import Username, chat_id, keyboard_of, message_id, text_of
from bot.platforms.telegram.erasing import erase as erased
from bot.platforms.telegram.errors import NOT_EDITABLE, NOT_MODIFIED, outcome_of, says
from bot.platforms.telegram.files import objection, outcome_of_upload, replacement, send_file
from bot.platforms.telegram.forum import Forum, is_lost, reference_of, topic_of
from bot.platforms.upload import Upload
from bot.types import Content, Erase, Place, Show
from storage.address import Address, Reference

log = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Sender:
    def __init__(self, bot: Bot, username: Username) -> None:
        self._bot = bot
        self._username = username
        self._forum = Forum(bot)

    async def perform(
        self, outgoing: Show | Erase, chat: Address, before: Reference | None, open_blob: OpenBlob
    ) -> Outcome:
        """As `Adapter.perform`. What `open_blob` raises passes through."""
        upload = None
        if isinstance(outgoing, Show) and (media := outgoing.content.media) is not None:
            if (why := objection(media)) is not None:
                return Refused(why=why)
            upload = Upload(media, open_blob)
        try:
            if isinstance(outgoing, Show):
                return await self._show(outgoing, chat, before, upload)
            return await self._erase(outgoing, chat, before)
        except TelegramError as error:
            return outcome_of(error, chat) if upload is None else outcome_of_upload(error, upload, chat)
        except Exception as error:  # a fault of ours or the library's: it must not stop the others
            log.error("A message could not be made: %s", type(error).__name__)
            return Refused(why=type(error).__name__)

    async def _show(self, show: Show, chat: Address, before: Reference | None, upload: Upload | None) -> Outcome:
        keyboard = await keyboard_of(show.content, self._username)
        if before is not None and show.place in (Place.SAME, Place.THERE):
            if show.place is Place.THERE and upload is not None:
                edited = await self._edit_caption(show.content, chat, before, keyboard)
            else:
                edited = await self._edit(show.content, chat, before, upload, keyboard)
            if edited is not None:
                await self._forum.settle(show.topic, chat, topic_of(before))
                return edited
        if show.place is Place.THERE:
            return Delivered()
        if before is not None and show.place is not Place.NEW:
            hindered = await self._remove(chat, before)
            if hindered is not None:
                return hindered
        topic = topic_of(before) or await self._forum.open(show.topic, chat)
        try:
            message = await self._send(show, chat, upload, keyboard, topic)
        except BadRequest as error:
            if topic is None or not is_lost(error):
                raise
            topic = await self._forum.open(show.topic, chat)
            message = await self._send(show, chat, upload, keyboard, topic)
        return Delivered(reference=reference_of(chat, message.message_id, topic))

    async def _erase(self, erase: Erase, chat: Address, before: Reference | None) -> Outcome:
        mine = before if erase.anchor is not None else None
        topic = topic_of(mine)
        if topic is not None:
            await self._forum.delete(chat, topic)
            return Delivered()
        outcome = await erased(self._bot, chat, (*erase.references, *((mine,) if mine is not None else ())))
        if isinstance(outcome, Delivered) and outcome.failed and mine is not None and erase.instead is not None:
            keyboard = await keyboard_of(erase.instead, self._username)
            edited = await self._edit(erase.instead, chat, mine, None, keyboard)
            return edited or await self._edit_caption(erase.instead, chat, mine, keyboard) or outcome
        return outcome

    async def _send(
        self,
        show: Show,
        chat: Address,
        upload: Upload | None,
        keyboard: InlineKeyboardMarkup | None,
        topic: int | None,
    ) -> Message:
        text, entities = text_of(show.content)
        if upload is not None:
            return await send_file(
                self._bot,
                chat_id(chat),
                show.content,
                upload,
                keyboard,
                disable_notification=show.silent,
                protect_content=show.protect,
                message_thread_id=topic,
            )
        return await self._bot.send_message(
            chat_id(chat),
            text,
            entities=entities,
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard,
            disable_notification=show.silent,
            protect_content=show.protect,
            message_thread_id=topic,
        )

    async def _edit(
        self,
        content: Content,
        chat: Address,
        before: Reference,
        upload: Upload | None,
        keyboard: InlineKeyboardMarkup | None,
    ) -> Outcome | None:
        """None: this message can't become that one; a new one must be sent."""
        text, entities = text_of(content)
        where, message = chat_id(chat), message_id(before)
        try:
            if upload is not None:
                media = replacement(content, upload)
                if media is None:
                    return None
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
            if upload is not None and upload.problem is not None:
                raise
            if says(error, NOT_EDITABLE):
                return None
            if not says(error, NOT_MODIFIED):
                return outcome_of(error, chat, repeatable=True)
        return Delivered(reference=before)

    async def _edit_caption(
        self, content: Content, chat: Address, before: Reference, keyboard: InlineKeyboardMarkup | None
    ) -> Outcome | None:
        """The words under a file, which stays. None: nothing stands there that could have any."""
        text, entities = text_of(content)
        try:
            await self._bot.edit_message_caption(
                chat_id(chat), message_id(before), caption=text, caption_entities=entities, reply_markup=keyboard
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
