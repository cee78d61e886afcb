"""Which bots learn of what happens in a chat."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import render
from .model import Account, BotAccount, Chat, Json, Member, Message
from .robots import Bot
from .world import World


def route(
    world: World, bots: Iterable[Bot], chat: Chat, kind: str, subject: Any, without: BotAccount | None = None
) -> None:
    """Queues an update for every bot that may see it. `subject` is a Message, a ready body, or for member updates
    (who did it, whom it concerns, seat before, seat after)."""
    for bot in bots:
        if bot.account is without or not _takes_part(chat, bot.account, kind, subject):
            continue
        if isinstance(subject, Message):
            if _may_read(bot.account, subject):
                bot.updates.put(kind, render.message(world, bot.account, subject))
        elif isinstance(subject, tuple):
            bot.updates.put(kind, _member_update(world, chat, *subject))
        else:
            bot.updates.put(kind, subject)
    world.changed()


def _member_update(world: World, chat: Chat, actor: Account, target: Account, old: Member, new: Member) -> Json:
    return {
        "chat": chat.json(),
        "from": actor.json(),
        "date": world.now(),
        "old_chat_member": render.member(world, chat, target.id, old),
        "new_chat_member": render.member(world, chat, target.id, new),
    }


def _takes_part(chat: Chat, bot: BotAccount, kind: str, subject: Any) -> bool:
    if kind == "my_chat_member":
        return subject[1] is bot
    if chat.person is not None:
        return chat.bot is bot
    seat = chat.members.get(bot.id)
    if seat is None or not seat.is_here:
        return False
    return seat.is_admin or kind not in ("chat_member", "message_reaction")


def _may_read(bot: BotAccount, message: Message) -> bool:
    """Privacy mode: in groups a bot that is no admin reads commands, replies to itself, mentions, service messages."""
    chat = message.chat
    if chat.type in ("private", "channel") or bot.reads_all or chat.members[bot.id].is_admin:
        return True
    said = message.text or message.caption or ""
    answered = chat.messages.get(message.reply_to or 0)
    to_bot = answered is not None and answered.sender is bot
    return to_bot or message.kind == "service" or said.startswith("/") or f"@{bot.username}" in said
