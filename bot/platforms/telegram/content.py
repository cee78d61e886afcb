"""What a message is made of, in Telegram's terms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bot.platforms.base import OpenBlob
from bot.texts.render import Entity, telegram_entities
from bot.types import Button, Choice, Content
from storage.address import Address, Reference
from storage.ids import BlobId

LARGEST_PHOTO = 10 * 1024 * 1024
"""bytes (Bot API, sending files)"""
Username = Callable[[], Awaitable[str]]
"""Gives the bot's own name on Telegram, for links to it. Raises TelegramError."""


def chat_id(chat: Address) -> int | str:
    """As the Bot API takes it: a number, or @name of a public channel."""
    text = chat.chat.reveal()
    return text if text.startswith("@") else int(text)


def message_id(reference: Reference) -> int:
    return int(reference.message.reveal())


def text_of(content: Content) -> tuple[str, list[MessageEntity]]:
    text, entities = telegram_entities(content.text)
    return text, [_entity(entity) for entity in entities]


async def keyboard_of(content: Content, username: Username) -> InlineKeyboardMarkup | None:
    if not content.buttons:
        return None
    return InlineKeyboardMarkup([[await _button(button, username) for button in row] for row in content.buttons])


async def photo_of(open_blob: OpenBlob, blob: BlobId) -> bytes | None:
    """None: larger than Telegram takes."""
    pieces: list[bytes] = []
    size = 0
    async for piece in open_blob(blob):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_PHOTO:
            return None
    return b"".join(pieces)


def _entity(entity: Entity) -> MessageEntity:
    return MessageEntity(entity.type, entity.offset, entity.length, url=entity.url)


async def _button(button: Button, username: Username) -> InlineKeyboardButton:
    if isinstance(button, Choice):
        return InlineKeyboardButton(button.label, callback_data=button.token)
    return InlineKeyboardButton(button.label, url=f"https://t.me/{await username()}?start={button.payload}")
