"""Chats, members, forum topics, invite links."""

from __future__ import annotations

from .. import render
from ..call import Call
from ..errors import bad_request
from ..model import Chat, Json, Member, Topic
from .moving import remove
from .sending import post

FULL_INFO = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    },
}
MAX_TOPIC_NAME = 128
ICON_COLORS = frozenset({7322096, 16766590, 13338331, 9367192, 16749490, 16478047})


def get_chat(call: Call) -> Json:
    chat = call.world.find_chat(call.bot, call.args["chat_id"])
    if chat.type != "private":
        call.chat()
    body = chat.json() | FULL_INFO
    if chat.pinned:
        body["pinned_message"] = render.message(call.world, call.bot, chat.messages[chat.pinned[-1]])
    if chat.protected:
        body["has_protected_content"] = True
    return body


def get_chat_member(call: Call) -> Json:
    chat = call.chat()
    user_id = call.args["user_id"]
    if chat.person is not None:
        if user_id not in (chat.person.id, call.bot.id):
            raise bad_request("user not found")
        return render.member(call.world, chat, user_id, Member(status="member"))
    _readable(call, chat)
    if call.world.account(user_id) is None:
        raise bad_request("user not found" if chat.type == "group" else "PARTICIPANT_ID_INVALID")
    return render.member(call.world, chat, user_id, chat.members.get(user_id, Member(status="left")))


def get_chat_administrators(call: Call) -> list[Json]:
    chat = call.chat()
    if chat.person is not None:
        raise bad_request("there are no administrators in the private chat")
    _readable(call, chat)
    listed = []
    for user_id, seat in chat.members.items():
        account = call.world.account(user_id)
        other_bot = account is not None and account.is_bot and account is not call.bot
        if seat.is_admin and (not other_bot or call.args.get("return_bots")):
            listed.append(render.member(call.world, chat, user_id, seat))
    return listed


def get_chat_member_count(call: Call) -> int:
    chat = call.chat()
    return 2 if chat.person is not None else sum(seat.is_here for seat in chat.members.values())


def _readable(call: Call, chat: Chat) -> None:
    if chat.type == "channel" and not chat.members[call.bot.id].is_admin:
        raise bad_request("member list is inaccessible")


def leave_chat(call: Call) -> bool:
    chat = call.chat()
    if chat.person is not None:
        raise bad_request("chat member status can't be changed in private chats")
    old = chat.members[call.bot.id]
    chat.members[call.bot.id] = Member(status="left")
    call.tell(chat, "my_chat_member", (call.bot, call.bot, old, chat.members[call.bot.id]))
    return True


def export_chat_invite_link(call: Call) -> str:
    return str(_link(call)["invite_link"])


def create_chat_invite_link(call: Call) -> Json:
    link = _link(call) | {"is_primary": False}
    for name in ("name", "expire_date", "member_limit"):
        if call.args.get(name):
            link[name] = call.args[name]
    link["creates_join_request"] = bool(call.args.get("creates_join_request"))
    return link


def _link(call: Call) -> Json:
    chat = call.chat()
    if chat.person is not None or not chat.members[call.bot.id].may("can_invite_users"):
        raise bad_request("not enough rights to manage chat invite link")
    chat.links += 1
    address = f"https://t.me/+{-chat.id:x}_{chat.links}"
    flags = {"creates_join_request": False, "is_primary": True, "is_revoked": False}
    return {"invite_link": address, "creator": call.bot.json(), **flags}


def create_forum_topic(call: Call) -> Json:
    chat = _forum(call)
    name = call.args["name"]
    if not 1 <= len(name) <= MAX_TOPIC_NAME:
        raise bad_request("TOPIC_NAME_INVALID" if len(name) > MAX_TOPIC_NAME else "TOPIC_TITLE_EMPTY")
    topic = Topic(id=chat.last_id + 1, name=name)
    if "icon_color" in call.args:
        topic.icon_color = call.args["icon_color"]
        if topic.icon_color not in ICON_COLORS:
            raise bad_request("invalid forum topic icon color specified")
    chat.topics[topic.id] = topic
    created = {"name": name, "icon_color": topic.icon_color}
    post(call, chat, kind="service", extra={"forum_topic_created": created}).thread_id = topic.id
    return {"message_thread_id": topic.id, **created}


def edit_forum_topic(call: Call) -> bool:
    topic = _topic(call)
    name = call.args.get("name", topic.name)
    if name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    return True


def close_forum_topic(call: Call) -> bool:
    topic = _topic(call)
    if topic.closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = True
    return True


def delete_forum_topic(call: Call) -> bool:
    topic = _topic(call)
    topic.deleted = True
    for message in list(call.chat().messages.values()):
        if message.thread_id == topic.id:
            remove(message)
    return True


def _forum(call: Call) -> Chat:
    chat = call.chat()
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.members[call.bot.id].may("can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    return chat


def _topic(call: Call) -> Topic:
    topic = _forum(call).topics.get(call.args["message_thread_id"])
    if topic is None or topic.deleted:
        raise bad_request("TOPIC_ID_INVALID")
    return topic
