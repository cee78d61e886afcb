"""Telegram's updates as our events. What we don't need (names, user names, phone numbers) ends here."""

from __future__ import annotations

import re
import time
from typing import Any

from msgspec import structs
from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram import Chat as TelegramChat
from telegram.constants import ChatMemberStatus, ChatType

from bot.platforms.names import TELEGRAM
from bot.platforms.telegram.formatted import marked
from bot.rooms import BOT
from bot.types import (
    Body,
    Called,
    ChatKind,
    Edited,
    File,
    FileKind,
    Gone,
    Incoming,
    Said,
    Sent,
    Tapped,
    Token,
    Unsupported,
    command_of,
)
from storage.address import Account, Address, Reference
from storage.private import Private

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""No channel posts: they name no person, so nothing may follow from them."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?\Z", re.DOTALL)
_NOT_FILES = ("sticker", "animation", "location", "venue", "contact", "poll", "dice", "game", "story", "checklist")
_FILES = (
    ("voice", FileKind.VOICE),
    ("video", FileKind.VIDEO),
    ("video_note", FileKind.VIDEO_NOTE),
    ("document", FileKind.DOCUMENT),
    ("audio", FileKind.OTHER),
)


class Reader:
    """Reads updates for one bot account.

    name: of the bot in our config, a part of every address
    username: its name on Telegram, without @; commands for another bot are not ours
    """

    def __init__(self, name: str, username: str) -> None:
        self._name = name
        self._username = username.lower()

    def read(self, update: Update) -> Incoming | None:
        """The event, or None when it is nothing to us. Raises whatever a malformed update makes the library raise."""
        if update.message is not None:
            return self._message(update.update_id, update.message)
        if update.edited_message is not None:
            return self._edit(update.update_id, update.edited_message)
        if update.callback_query is not None:
            return self._tap(update.update_id, update.callback_query)
        if update.my_chat_member is not None:
            return self._membership(update.update_id, update.my_chat_member)
        return None

    def _message(self, number: int, message: Message) -> Incoming | None:
        body = self._command(message.text or "") or _content(message)
        if body is None or not (message.chat.type == ChatType.PRIVATE or isinstance(body, Called)):
            return None
        return self._event(number, message, int(message.date.timestamp()), body)

    def _edit(self, number: int, message: Message) -> Incoming | None:
        # A live location is "edited" every few seconds.
        if message.chat.type != ChatType.PRIVATE or message.location is not None:
            return None
        body = Edited(
            text=_private(message.text or message.caption),
            marked=marked(message.text, message.entities),
        )
        return self._event(number, message, int((message.edit_date or message.date).timestamp()), body)

    def _event(self, number: int, message: Message, at: int, body: Body) -> Incoming | None:
        # Who speaks as a chat (an anonymous admin, a linked channel) is nobody we know.
        if message.from_user is None or message.from_user.is_bot or message.sender_chat is not None:
            return None
        if isinstance(body, Sent) and self._name != BOT:
            body = structs.replace(body, file=_named(body.file, self._name))
        event = f"{number}.{message.message_id}.{at}"
        return self._incoming(event, message.chat, message.from_user, at, message.message_id, body)

    def _tap(self, number: int, query: CallbackQuery) -> Incoming | None:
        if query.message is None or query.data is None:
            return None
        shown = query.message
        event = f"{number}.{shown.message_id}.tap"
        token = Token(_sound(query.data))
        body = command_of(token) or Tapped(token=token)
        # Telegram does not say when; near enough, as only the order of a chat's events counts.
        return self._incoming(event, shown.chat, query.from_user, int(time.time()), shown.message_id, body)

    def _membership(self, number: int, change: ChatMemberUpdated) -> Incoming | None:
        kicked = change.new_chat_member.status == ChatMemberStatus.BANNED
        if change.chat.type != ChatType.PRIVATE or not kicked:
            return None
        at = int(change.date.timestamp())
        return self._incoming(f"{number}.gone.{at}", change.chat, change.from_user, at, None, Gone())

    def _incoming(
        self, event: str, chat: TelegramChat, person: User, at: int, message_id: int | None, body: Body
    ) -> Incoming:
        """`event`: Telegram may begin its numbers anew, at random, after a week without updates; a number together
        with the message's own number and time does not come again."""
        address = Address(platform=TELEGRAM, bot=self._name, chat=Private(str(chat.id)))
        about = None if message_id is None else Reference(chat=address, message=Private(str(message_id)))
        return Incoming(
            event=event,
            chat=address,
            kind=ChatKind.PRIVATE if chat.type == ChatType.PRIVATE else ChatKind.ROOM,
            person=Account(platform=TELEGRAM, person=Private(str(person.id))),
            language_code=person.language_code,
            at=at,
            reference=about,
            body=body,
        )

    def _command(self, text: str) -> Called | Unsupported | None:
        found = _COMMAND.match(text)
        if found is None:
            return None
        name, bot, argument = found.groups()
        if bot is not None and bot.lower() != self._username:
            return Unsupported()
        return Called(name=name.lower(), argument=_private((argument or "").strip()))


def _named(file: File, bot: str) -> File:
    """Only the bot to which a file was sent can fetch it, so its handle says which that is, unless it is the first."""
    return structs.replace(file, handle=Private(f"{bot}/{file.handle.reveal()}"))


def bot_of(file: File) -> tuple[str, File]:
    """The bot that can fetch it, and the file as that one knows it. (Telegram's own ids hold no slash.)"""
    name, _, handle = file.handle.reveal().rpartition("/")
    return name or BOT, structs.replace(file, handle=Private(handle))


def _content(message: Message) -> Body | None:
    if message.text is not None:
        return Said(text=_private(message.text), marked=marked(message.text, message.entities))
    # An animation carries a document besides, for old programs.
    if any(getattr(message, name) for name in _NOT_FILES):
        return Unsupported()
    if message.photo:
        largest = max(message.photo, key=lambda size: (size.width * size.height, size.file_size or 0))
        return _sent(FileKind.PHOTO, largest, message)
    for name, kind in _FILES:
        if (attachment := getattr(message, name)) is not None:
            return _sent(kind, attachment, message)
    # Neither a notice of Telegram's own (pinned, a new wallpaper), nor anything the library knows.
    return Unsupported() if message.effective_attachment or message.api_kwargs else None


def _sent(kind: FileKind, attachment: Any, message: Message) -> Sent:
    file = File(kind=kind, handle=Private(attachment.file_id), size=attachment.file_size)
    return Sent(file=file, caption=_private(message.caption))


def _private(text: str | None) -> Private[str]:
    return Private(_sound(text or ""))


def _sound(text: str) -> str:
    """JSON can spell half a character, and nothing behind us could store that."""
    return text.encode(errors="replace").decode()
