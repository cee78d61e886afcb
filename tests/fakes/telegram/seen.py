"""A message as a person sees it in their app."""

from __future__ import annotations

import msgspec

from .model import BotAccount, Json, Message


class Button(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    data: str | None = None
    url: str | None = None


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What is visible now; `text` is the text or caption. Buttons are rows of the inline keyboard, `keyboard` the
    labels of a reply keyboard. `sender_id` is None in channels."""

    chat_id: int
    message_id: int
    bot_id: int | None
    sender_id: int | None
    kind: str
    text: str
    date: int
    entities: list[Json]
    buttons: list[list[Button]]
    keyboard: list[str]
    file_unique_id: str | None
    file_size: int | None
    album: str | None
    reply_to: int | None
    thread_id: int | None
    protected: bool
    silent: bool
    edited: bool
    pinned: bool
    forwarded: bool
    reactions: list[str]
    extra: Json

    def button(self, wanted: str) -> Button:
        """The first button with this label or data, else one whose label contains it. Raises LookupError."""
        every = [button for row in self.buttons for button in row]
        for button in every:
            if wanted in (button.text, button.data):
                return button
        for button in every:
            if wanted in button.text:
                return button
        raise LookupError(f"No button {wanted!r} under {self.text!r}, only {[b.text for b in every]}")


def seen(message: Message) -> Seen:
    markup = message.markup or {}
    chat = message.chat
    sender = message.sender
    return Seen(
        chat_id=chat.id,
        message_id=message.id,
        bot_id=chat.bot.id if chat.bot else (sender.id if isinstance(sender, BotAccount) else None),
        sender_id=sender.id if sender is not None and chat.type != "channel" else None,
        kind=message.kind,
        text=message.text or message.caption or "",
        date=message.date,
        entities=message.entities,
        buttons=[
            [Button(text=b["text"], data=b.get("callback_data"), url=b.get("url")) for b in row]
            for row in markup.get("inline_keyboard", ())
        ],
        keyboard=[b if isinstance(b, str) else b["text"] for row in markup.get("keyboard", ()) for b in row],
        file_unique_id=message.file.unique_id if message.file else None,
        file_size=message.file.size if message.file else None,
        album=message.album,
        reply_to=message.reply_to,
        thread_id=message.thread_id,
        protected=message.protected or chat.protected,
        silent=message.silent,
        edited=message.edited is not None,
        pinned=message.id in chat.pinned,
        forwarded=message.origin is not None,
        reactions=[emoji for given in message.reactions.values() for emoji in given],
        extra=message.extra,
    )
