"""Copying, forwarding, deleting, pinning, reacting: what is done with messages that are there."""

from __future__ import annotations

from typing import Any

from .. import formatting, keyboards, render
from ..call import Call
from ..errors import bad_request
from ..model import Chat, Json, Message
from .sending import answered, place, post

DELETE_WINDOW = 48 * 3600  # deleteMessage: "can only be deleted if it was sent less than 48 hours ago"
MAX_DELETED = 100
REACTIONS = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 "
    "🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 "
    "🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡 "
)
_KEPT = ("text", "kind", "file", "spoiler", "caption_above", "extra", "preview")


def copy_message(call: Call) -> Json:
    source = _source(call, "copy")
    if _is_protected(source):
        raise bad_request("the message can't be copied")
    chat = place(call, source.kind)
    content = _content(source)
    if source.kind != "text" and "caption" in call.args:
        caption, content["entities"] = formatting.caption(call.args)
        content["caption"] = caption or None
    markup = keyboards.checked(call.args.get("reply_markup"), chat)
    reply_to = answered(call, chat)
    call.limits.admit(call.bot.token, chat)
    return {"message_id": post(call, chat, markup=markup, reply_to=reply_to, **content).id}


def forward_message(call: Call) -> Json:
    source = _source(call, "forward")
    if _is_protected(source):
        raise bad_request("message has protected content and can't be forwarded")
    if "text" not in source.kind and source.file is None:
        raise bad_request("the message can't be forwarded")
    chat = place(call, source.kind)
    call.limits.admit(call.bot.token, chat)
    message = post(call, chat, origin=source.origin or _origin(source), markup=source.markup, **_content(source))
    return render.message(call.world, call.bot, message)


def _source(call: Call, verb: str) -> Message:
    found = call.chat("from_chat_id").messages.get(call.args["message_id"])
    if found is None:
        raise bad_request(f"message to {verb} not found")
    return found


def _is_protected(message: Message) -> bool:
    return message.protected or message.chat.protected


def _content(source: Message) -> dict[str, Any]:
    kept = {name: getattr(source, name) for name in _KEPT}
    return kept | {"caption": source.caption, "entities": list(source.entities)}


def _origin(source: Message) -> Json:
    if source.sender_chat is not None:
        kind = "channel" if source.sender_chat.type == "channel" else "chat"
        body: Json = {"type": kind, "date": source.date}
        if kind == "chat":
            return body | {"sender_chat": source.sender_chat.json()}
        return body | {"chat": source.sender_chat.json(), "message_id": source.id}
    sender = source.sender
    return {"type": "user", "date": source.date, "sender_user": sender.json() if sender else {}}


def delete_message(call: Call) -> bool:
    chat = call.chat()
    message = chat.messages.get(call.args["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    _delete(call, chat, [message])
    return True


def delete_messages(call: Call) -> bool:
    wanted = call.args["message_ids"]
    if not wanted:
        raise bad_request("message identifiers are not specified")
    if len(wanted) > MAX_DELETED:
        raise bad_request("too many message identifiers specified")
    chat = call.chat()
    _delete(call, chat, [chat.messages[one] for one in wanted if one in chat.messages])
    return True


def _delete(call: Call, chat: Chat, messages: list[Message]) -> None:
    """All or none."""
    member = chat.members.get(call.bot.id)
    is_moderator = member is not None and member.may("can_delete_messages")
    for message in messages:
        own = message.sender is call.bot
        fresh = call.world.now() - message.date < DELETE_WINDOW
        if not (is_moderator or (fresh and (own or chat.type == "private"))):
            raise bad_request("message can't be deleted")
    for message in messages:
        remove(message)


def remove(message: Message) -> None:
    message.deleted = True
    del message.chat.messages[message.id]
    if message.id in message.chat.pinned:
        message.chat.pinned.remove(message.id)


def pin_chat_message(call: Call) -> bool:
    chat = _with_pins(call)
    message = chat.messages.get(call.args["message_id"])
    if message is None:
        raise bad_request("message to pin not found")
    if message.id in chat.pinned:
        return True
    chat.pinned.append(message.id)
    extra = {"pinned_message": render.message(call.world, call.bot, message, with_reply=False)}
    call.args.pop("message_thread_id", None)
    notice = post(call, chat, kind="service", extra=extra)
    if chat.type != "channel":
        call.tell(chat, "message", notice)
    return True


def unpin_chat_message(call: Call) -> bool:
    chat = _with_pins(call)
    wanted = call.args.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    return True


def _with_pins(call: Call) -> Chat:
    chat = call.chat()
    if chat.type != "private":
        right = "can_edit_messages" if chat.type == "channel" else "can_pin_messages"
        if not chat.members[call.bot.id].may(right):
            raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def set_message_reaction(call: Call) -> bool:
    message = call.chat().messages.get(call.args["message_id"])
    if message is None:
        raise bad_request("message to react not found")
    emoji = [item.get("emoji", "") for item in call.args.get("reaction") or ()]
    if len(emoji) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(one not in REACTIONS.split() for one in emoji):
        raise bad_request("REACTION_INVALID")
    message.reactions[call.bot.id] = emoji
    return True
