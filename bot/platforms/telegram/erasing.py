"""Messages deleted for everyone. A bot may: its own and, in private chats, the person's, for 48 hours (Bot API)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.outcomes import Delivered, Outcome
from bot.platforms.telegram.content import chat_id, message_id
from bot.platforms.telegram.errors import NOT_DELETABLE, NOT_THERE, outcome_of, says
from storage.address import Address, Reference

MOST_DELETED = 100
"""messages in one deleteMessages (Bot API)"""


async def erase(bot: Bot, chat: Address, references: Sequence[Reference]) -> Outcome:
    """Delivered says how many stay. Done again, it does no harm."""
    failed = 0
    messages = iter(dict.fromkeys(map(message_id, references)))
    try:
        while group := list(itertools.islice(messages, MOST_DELETED)):
            failed += await _erase_group(bot, chat_id(chat), group)
    except TelegramError as error:
        return outcome_of(error, chat, repeatable=True)
    return Delivered(failed=failed)


async def _erase_group(bot: Bot, chat: int | str, messages: Sequence[int]) -> int:
    """Returns how many stay. One that can't be deleted makes Telegram refuse the whole group."""
    try:
        await bot.delete_messages(chat, messages)
    except BadRequest as error:
        if not says(error, (*NOT_DELETABLE, *NOT_THERE)):
            raise
    else:
        return 0
    failed = 0
    for message in messages:
        try:
            await bot.delete_message(chat, message)
        except BadRequest as error:
            if says(error, NOT_DELETABLE):
                failed += 1
            elif not says(error, NOT_THERE):
                raise
    return failed
