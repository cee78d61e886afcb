"""Objects of the Bot API as JSON, as one bot sees them."""

from __future__ import annotations

from .model import ADMIN_RIGHTS, CHANNEL_RIGHTS, GROUP_RIGHTS, BotAccount, Chat, File, Json, Member, Message
from .world import World

PREVIEW_WIDTH = 90
INACCESSIBLE_DATE = 0


def message(world: World, bot: BotAccount, item: Message, *, with_reply: bool = True) -> Json:
    chat = item.chat
    body: Json = {"message_id": item.id, "chat": chat.json(), "date": item.date}
    if item.sender is not None and chat.type != "channel":
        body["from"] = item.sender.json()
    if item.sender_chat is not None:
        body["sender_chat"] = item.sender_chat.json()
    if item.text is not None:
        body["text"] = item.text
        if item.entities:
            body["entities"] = [_entity(world, entity) for entity in item.entities]
    if item.reply_to is not None and with_reply and item.reply_to in chat.messages:
        body["reply_to_message"] = message(world, bot, chat.messages[item.reply_to], with_reply=False)
    if item.markup is not None and "inline_keyboard" in item.markup:
        body["reply_markup"] = item.markup
    if item.thread_id is not None:
        body["message_thread_id"] = item.thread_id
        if chat.is_forum:
            body["is_topic_message"] = True
    if item.preview is not None:
        body["link_preview_options"] = item.preview
    if item.kind != "text":
        _media(world, bot, item, body)
    if item.edited is not None:
        body["edit_date"] = item.edited
    if item.protected or chat.protected:
        body["has_protected_content"] = True
    if item.origin is not None:
        body["forward_origin"] = item.origin
    if item.extra:
        body |= item.extra
    return body


def _media(world: World, bot: BotAccount, item: Message, body: Json) -> None:
    if item.file is not None:
        if item.kind == "photo":
            body["photo"] = photo_sizes(world, bot, item.file)
        else:
            body[item.kind] = media(world, bot, item.file)
            if item.kind == "animation":
                body["document"] = _document(world, bot, item.file)
    if item.caption:
        body["caption"] = item.caption
        if item.entities:
            body["caption_entities"] = [_entity(world, entity) for entity in item.entities]
    if item.album is not None:
        body["media_group_id"] = item.album
    if item.spoiler:
        body["has_media_spoiler"] = True
    if item.caption_above:
        body["show_caption_above_media"] = True


def _entity(world: World, entity: Json) -> Json:
    if entity["type"] != "text_mention":
        return entity
    person = world.account(entity["user"])
    return {**entity, "user": person.json()} if person else entity


def file_ids(world: World, bot: BotAccount, file: File) -> Json:
    return {"file_id": world.file_id(bot, file), "file_unique_id": file.unique_id}


def photo_sizes(world: World, bot: BotAccount, file: File) -> list[Json]:
    """A thumbnail and the picture itself, largest last."""
    width, height = file.width or 800, file.height or 600
    small = {"width": PREVIEW_WIDTH, "height": max(1, PREVIEW_WIDTH * height // width)}
    thumbnail = {
        "file_id": world.file_id(bot, file) + "_s",
        "file_unique_id": file.unique_id + "_s",
        "file_size": min(file.size, 1200),
    }
    return [
        {**thumbnail, **small},
        {**file_ids(world, bot, file), "width": width, "height": height, "file_size": file.size},
    ]


def _document(world: World, bot: BotAccount, file: File) -> Json:
    body = file_ids(world, bot, file)
    if file.name:
        body["file_name"] = file.name
    if file.mime:
        body["mime_type"] = file.mime
    return body | {"file_size": file.size}


def media(world: World, bot: BotAccount, file: File) -> Json:
    body = file_ids(world, bot, file)
    if file.kind == "video_note":
        return body | {"length": file.width or 240, "duration": file.duration, "file_size": file.size}
    body = _document(world, bot, file)
    if file.kind in ("video", "animation"):
        body |= {"width": file.width or 640, "height": file.height or 480, "duration": file.duration}
    elif file.kind in ("voice", "audio"):
        body["duration"] = file.duration
        if file.kind == "voice":
            body.pop("file_name", None)
    return body


def inaccessible(chat: Chat, message_id: int) -> Json:
    return {"chat": chat.json(), "message_id": message_id, "date": INACCESSIBLE_DATE}


def member(world: World, chat: Chat, user_id: int, seat: Member) -> Json:
    account = world.account(user_id)
    body: Json = {"status": seat.status, "user": account.json() if account else {}}
    if seat.status == "creator":
        body["is_anonymous"] = seat.anonymous
    elif seat.status == "administrator":
        rights = ADMIN_RIGHTS + (CHANNEL_RIGHTS if chat.type == "channel" else GROUP_RIGHTS)
        body |= {name: bool(seat.rights.get(name)) for name in rights}
        body |= {"can_be_edited": False, "is_anonymous": seat.anonymous}
        body["can_manage_direct_messages"] = False
    elif seat.status == "kicked":
        body["until_date"] = 0
    elif seat.status == "restricted":
        names = ("messages", "audios", "documents", "photos", "videos", "video_notes", "voice_notes", "polls")
        rights_left = {f"can_send_{name}": False for name in (*names, "other_messages")}
        body |= {"is_member": True, "until_date": 0, **rights_left, "can_add_web_page_previews": False}
        body |= dict.fromkeys(("can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics"), False)
        body |= {"can_react_to_messages": False, "can_edit_tag": False}
    return body
