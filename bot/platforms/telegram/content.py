"""What a message is made of, in Telegram's terms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bot.texts.render import Entity, telegram_entities
from bot.types import Button, Choice, Content, Link
from storage.address import Address, Reference

Username = Callable[[], Awaitable[str]]
"""Gives the bot's own name on Telegram, for links to it. Raises TelegramError."""


def chat_id(chat: Address) -> int | str:
    """As the Bot API takes it: a number, or @name of a public channel."""
    text = chat.chat.reveal()
    return text if text.startswith("@") else int(text)


def message_id(reference: Reference) -> int:
    """In a forum the reference names its topic too (`forum.py`)."""
    return int(reference.message.reveal().partition("/")[0])


def text_of(content: Content) -> tuple[str, list[MessageEntity]]:
    text, entities = telegram_entities(content.text)
    return text, [_entity(entity) for entity in entities]


async def keyboard_of(content: Content, username: Username) -> InlineKeyboardMarkup | None:
    if not content.buttons:
        return None
    return InlineKeyboardMarkup([[await _button(button, username) for button in row] for row in content.buttons])


def _entity(entity: Entity) -> MessageEntity:
    return MessageEntity(entity.type, entity.offset, entity.length, url=entity.url)


async def _button(button: Button, username: Username) -> InlineKeyboardButton:
    if isinstance(button, Choice):
        return InlineKeyboardButton(button.label, callback_data=button.token)
    if isinstance(button, Link):
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, url=f"https://t.me/{await username()}?start={button.payload}")
