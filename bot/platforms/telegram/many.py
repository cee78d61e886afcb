"""One message for many chats: it is written once as JSON, and for each of them only the chat is put in.

What python-telegram-bot does for a message beyond that costs more than sending it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from telegram import InlineKeyboardMarkup
from telegram.error import TelegramError

from bot.outcomes import Delivered, Outcome
from bot.platforms.telegram.content import chat_id, text_of
from bot.platforms.telegram.errors import AWAY, outcome_of
from bot.platforms.telegram.failures import check_refusal, decoded, refusal_of
from bot.platforms.telegram.wires import Wires
from bot.types import Show
from storage.address import Address, Reference
from storage.private import Private


class _Sent(msgspec.Struct):
    message_id: int


class _Answer(msgspec.Struct):
    result: _Sent


class OneMessage:
    """method: that sends it."""

    def __init__(self, wires: Wires, method: str, message: Mapping[str, Any]) -> None:
        self._wires = wires
        self._method = method
        self._rest = b"," + msgspec.json.encode(message)[1:]

    async def __call__(self, chat: Address, _key: str) -> Outcome:
        body = b'{"chat_id":' + msgspec.json.encode(chat_id(chat)) + self._rest
        try:
            code, payload = await self._wires.post(self._method, body)
            if code >= 300:
                check_refusal(code, payload)
                raise refusal_of(code, payload)
        except TelegramError as error:
            return outcome_of(error, chat)
        answer = decoded(payload, _Answer)
        if answer is None:
            return AWAY
        return Delivered(reference=Reference(chat=chat, message=Private(str(answer.result.message_id))))


def text_message(show: Show, keyboard: InlineKeyboardMarkup | None, *, paid: bool) -> dict[str, Any]:
    """What sendMessage takes, but for the chat."""
    text, entities = text_of(show.content)
    return {
        "text": text,
        "entities": [entity.to_dict() for entity in entities],
        "link_preview_options": {"is_disabled": True},
        **_manner(show, keyboard, paid=paid),
    }


def photo_message(show: Show, file_id: str, keyboard: InlineKeyboardMarkup | None, *, paid: bool) -> dict[str, Any]:
    """What sendPhoto takes, but for the chat."""
    text, entities = text_of(show.content)
    return {
        "photo": file_id,
        "caption": text,
        "caption_entities": [entity.to_dict() for entity in entities],
        **_manner(show, keyboard, paid=paid),
    }


def _manner(show: Show, keyboard: InlineKeyboardMarkup | None, *, paid: bool) -> dict[str, Any]:
    return {
        **({} if keyboard is None else {"reply_markup": keyboard.to_dict()}),
        "disable_notification": show.silent,
        "protect_content": show.protect,
        **({"allow_paid_broadcast": True} if paid else {}),
    }
