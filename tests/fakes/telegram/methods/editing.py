"""Editing the bot's own messages."""

from __future__ import annotations

from typing import Any

from .. import formatting, keyboards, render
from ..call import Call
from ..errors import bad_request
from ..model import Json, Message
from . import media

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def edit_message_text(call: Call) -> Json:
    message = _editable(call)
    text, entities = formatting.message_text({"text": "", **call.args})
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    preview = call.args.get("link_preview_options")
    return _changed(call, message, text=text, entities=entities, preview=preview)


def edit_message_caption(call: Call) -> Json:
    message = _editable(call)
    text, entities = formatting.caption(call.args)
    if message.kind == "text":
        raise bad_request("there is no caption in the message to edit")
    return _changed(call, message, caption=text or None, entities=entities)


def edit_message_media(call: Call) -> Json:
    message = _editable(call)
    if message.kind in ("voice", "video_note"):
        raise bad_request("there is no media in the message to edit")
    if message.album is not None and call.args["media"]["type"] not in ("photo", "video", message.kind):
        raise bad_request("can't use the media of the specified type in the album")
    return _changed(call, message, text=None, **media.content(call, call.args["media"]))


def edit_message_reply_markup(call: Call) -> Json:
    return _changed(call, _editable(call))


def _editable(call: Call) -> Message:
    if call.args.get("inline_message_id"):
        raise NotImplementedError("The fake Telegram knows no inline messages.")
    if "chat_id" not in call.args:
        raise bad_request("chat_id is empty")
    if "message_id" not in call.args:
        raise bad_request("message identifier is not specified")
    chat = call.chat()
    message = chat.messages.get(call.args["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    own = message.sender is call.bot and message.origin is None
    if chat.type == "channel" and not own:
        own = chat.members[call.bot.id].may("can_edit_messages")
    if not own or (message.markup is not None and "inline_keyboard" not in message.markup):
        raise bad_request("message can't be edited")
    return message


def _changed(call: Call, message: Message, **content: Any) -> Json:
    content["markup"] = keyboards.checked(call.args.get("reply_markup"), message.chat)
    if all(getattr(message, name) == value for name, value in content.items()):
        raise bad_request(NOT_MODIFIED)
    only_buttons = content.keys() == {"markup"}
    for name, value in content.items():
        setattr(message, name, value)
    if not only_buttons:
        message.edited = call.world.now()
    if message.chat.type == "channel":
        call.tell(message.chat, "edited_channel_post", message, without=call.bot)
    return render.message(call.world, call.bot, message)
