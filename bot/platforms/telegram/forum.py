"""Topics of a forum: each opened for one message of ours, closed and deleted with it.

The message's reference names its topic too ("message/topic"), so nothing else need be kept.
"""

from __future__ import annotations

import logging

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.platforms.telegram.content import chat_id
from bot.platforms.telegram.errors import says
from bot.types import Topic
from storage.address import Address, Reference
from storage.private import Private

log = logging.getLogger(__name__)

_LONGEST_NAME = 128
"""characters (Bot API, createForumTopic)"""
_GONE = ("message thread not found", "topic_id_invalid", "topic_deleted")
_AS_IT_IS = ("topic_not_modified",)


def reference_of(chat: Address, message: int, topic: int | None) -> Reference:
    return Reference(chat=chat, message=Private(f"{message}" if topic is None else f"{message}/{topic}"))


def topic_of(reference: Reference | None) -> int | None:
    """None for a message that stands in no topic of its own."""
    _, _, topic = reference.message.reveal().partition("/") if reference is not None else ("", "", "")
    return int(topic) if topic else None


def is_lost(error: TelegramError) -> bool:
    """Somebody has deleted the topic."""
    return says(error, _GONE)


class Forum:
    """Of one bot account. What it raises is Telegram's: TelegramError."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._known: dict[str, bool] = {}
        """whether a room has topics; a room that gets them is asked again at the next start"""

    async def open(self, topic: Topic | None, chat: Address) -> int | None:
        """A new topic; None when none is wanted, or the room has none."""
        if topic is None or not await self._has_topics(chat):
            return None
        return (await self._bot.create_forum_topic(chat_id(chat), topic.name[:_LONGEST_NAME])).message_thread_id

    async def settle(self, topic: Topic | None, chat: Address, number: int | None) -> None:
        """Nobody writes any more in one that is to be closed. Done again, it does no harm."""
        if topic is None or not topic.closed or number is None:
            return
        try:
            await self._bot.close_forum_topic(chat_id(chat), number)
        except BadRequest as error:
            if not says(error, (*_AS_IT_IS, *_GONE)):
                log.warning("A decided story's topic could not be closed: %s", type(error).__name__)

    async def delete(self, chat: Address, number: int) -> None:
        """With everything that was written in it."""
        try:
            await self._bot.delete_forum_topic(chat_id(chat), number)
        except BadRequest as error:
            if not is_lost(error):
                raise

    async def _has_topics(self, chat: Address) -> bool:
        name = chat.chat.reveal()
        if name not in self._known:
            self._known[name] = bool((await self._bot.get_chat(chat_id(chat))).is_forum)
        return self._known[name]
