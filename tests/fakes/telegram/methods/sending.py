"""Sending: what every kind of message has in common, and plain text."""

from __future__ import annotations

from typing import Any

from .. import formatting, keyboards, render
from ..call import Call
from ..errors import bad_request
from ..model import Chat, Json, Message

GENERAL_TOPIC = 1
ACTIONS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note"
)
_RIGHT_WORDS = {
    "text": "text messages",
    "photo": "photos",
    "document": "documents",
    "video": "videos",
    "voice": "voice notes",
    "audio": "music",
    "video_note": "video notes",
    "animation": "animations",
}


def place(call: Call, kind: str) -> Chat:
    """The chat, where the bot may send this kind now. Raises ApiError."""
    chat = call.chat()
    if chat.person is not None:
        if call.args.get("message_thread_id") is not None:
            raise bad_request("message thread not found")
        return chat
    member = chat.members[call.bot.id]
    if chat.type == "channel" and not member.may("can_post_messages"):
        raise bad_request("need administrator rights in the channel chat")
    if member.status == "restricted":
        raise bad_request(f"not enough rights to send {_RIGHT_WORDS.get(kind, kind)} to the chat")
    thread = call.args.get("message_thread_id")
    if thread is not None:
        topic = chat.topics.get(thread)
        if topic is None or topic.deleted or thread == GENERAL_TOPIC:
            raise bad_request("message thread not found")
        if topic.closed and not member.may("can_manage_topics"):
            raise bad_request("TOPIC_CLOSED")
    return chat


def post(call: Call, chat: Chat, **content: Any) -> Message:
    """Puts one message of the bot into the chat."""
    args = call.args
    message = Message(
        chat=chat,
        id=call.world.next_id(chat),
        date=call.world.now(),
        sender=call.bot,
        sender_chat=chat if chat.type == "channel" else None,
        thread_id=args.get("message_thread_id"),
        protected=bool(args.get("protect_content")),
        silent=bool(args.get("disable_notification")),
        **content,
    )
    call.world.add(message)
    if chat.type == "channel":
        call.tell(chat, "channel_post", message, without=call.bot)
    return message


def answered(call: Call, chat: Chat) -> int | None:
    """The message replied to, if it is there. Raises ApiError."""
    reply: Json | None = call.args.get("reply_parameters")
    if reply is None:
        return None
    if reply.get("chat_id", chat.id) != chat.id:
        raise NotImplementedError("The fake Telegram knows no replies into other chats.")
    wanted = reply.get("message_id")
    if wanted in chat.messages:
        return int(wanted)
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def send_message(call: Call) -> Json:
    chat = place(call, "text")
    text, entities = formatting.message_text(call.args)
    markup = keyboards.checked(call.args.get("reply_markup"), chat)
    reply_to = answered(call, chat)
    call.limits.admit(call.bot.token, chat)
    preview = call.args.get("link_preview_options")
    message = post(call, chat, text=text, entities=entities, markup=markup, reply_to=reply_to, preview=preview)
    return render.message(call.world, call.bot, message)


def send_chat_action(call: Call) -> bool:
    chat = call.chat()
    action = call.args["action"].lower()
    if action not in ACTIONS.split():
        raise bad_request("wrong parameter action in request")
    chat.actions.append((call.bot.id, action))
    return True
