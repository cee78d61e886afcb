"""What the fake's world is made of: accounts, chats, members, messages, files."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal, NewType

UserId = NewType("UserId", int)
ChatId = NewType("ChatId", int)
MessageId = NewType("MessageId", int)
Json = dict[str, Any]

ChatType = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

ANONYMOUS_ADMIN = UserId(1087968824)  # @GroupAnonymousBot
ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics")


@dataclass(slots=True, kw_only=True, eq=False)
class Account:
    """A person or a bot, as everyone sees them."""

    id: UserId
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    deactivated: bool = False

    def json(self) -> Json:
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        if self.language_code and not self.is_bot:
            user["language_code"] = self.language_code
        return user


@dataclass(slots=True, kw_only=True, eq=False)
class BotAccount(Account):
    token: str
    is_bot: bool = True
    # May read everything in groups even without being an admin there.
    reads_all: bool = False
    private: dict[int, Chat] = field(default_factory=dict)
    # What people who never wrote are taken to have done: (first id, how many).
    crowds: list[tuple[int, int]] = field(default_factory=list)
    # Commands, names, descriptions, menu buttons by (method's noun, scope or chat, language).
    profile: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    logged_out: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Member:
    status: Status
    rights: Json = field(default_factory=dict)
    anonymous: bool = False

    @property
    def is_admin(self) -> bool:
        return self.status in ("creator", "administrator")

    @property
    def is_here(self) -> bool:
        return self.status not in ("left", "kicked")

    def may(self, right: str) -> bool:
        return self.status == "creator" or (self.status == "administrator" and bool(self.rights.get(right)))


@dataclass(slots=True, kw_only=True, eq=False)
class Topic:
    id: int
    name: str
    icon_color: int = 0x6FB9F0
    icon_custom_emoji_id: str | None = None
    closed: bool = False
    deleted: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Chat:
    """A room, or one bot's private chat with one person (`person` and `bot` are set then)."""

    id: ChatId
    type: ChatType
    title: str = ""
    username: str | None = None
    is_forum: bool = False
    protected: bool = False
    bot: BotAccount | None = None
    person: Account | None = None
    blocked: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    last_id: int = 0
    migrated_to: ChatId | None = None
    links: int = 0
    actions: list[tuple[UserId, str]] = field(default_factory=list)

    def json(self) -> Json:
        chat: Json = {"id": self.id, "type": self.type}
        if self.person is not None:
            chat["first_name"] = self.person.first_name
            if self.person.last_name:
                chat["last_name"] = self.person.last_name
            if self.person.username:
                chat["username"] = self.person.username
            return chat
        chat["title"] = self.title
        if self.username:
            chat["username"] = self.username
        if self.is_forum:
            chat["is_forum"] = True
        return chat


@dataclass(slots=True, kw_only=True, eq=False)
class File:
    """`size` may be announced without bytes being there (`data` is None)."""

    unique_id: str
    kind: str
    size: int
    data: bytes | None = None
    name: str | None = None
    mime: str | None = None
    width: int = 0
    height: int = 0
    duration: int = 0


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    chat: Chat
    id: MessageId
    date: int
    sender: Account | None = None
    sender_chat: Chat | None = None
    text: str | None = None
    caption: str | None = None
    entities: list[Json] = field(default_factory=list)
    kind: str = "text"
    file: File | None = None
    markup: Json | None = None
    thread_id: int | None = None
    reply_to: int | None = None
    album: str | None = None
    protected: bool = False
    silent: bool = False
    edited: int | None = None
    preview: Json | None = None
    origin: Json | None = None
    deleted: bool = False
    spoiler: bool = False
    caption_above: bool = False
    reactions: dict[int, list[str]] = field(default_factory=dict)
    # Fields the fake has no idea of: service messages, contacts, locations …
    extra: Json = field(default_factory=dict)

    def twin(self, **changes: Any) -> Message:
        return dataclasses.replace(self, **changes)


@dataclass(slots=True, kw_only=True, eq=False)
class Tap:
    """A tap on a button: the callback query, and the bot's answer once it comes."""

    id: str
    bot: BotAccount
    person: Account
    date: int
    answer: Json | None = None
