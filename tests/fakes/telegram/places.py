"""Groups, supergroups with or without topics, and channels, in the hands of a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import (
    ADMIN_RIGHTS,
    CHANNEL_RIGHTS,
    GROUP_RIGHTS,
    Account,
    BotAccount,
    Chat,
    ChatId,
    Json,
    Member,
    Message,
    Status,
    Topic,
)
from .seen import Seen, seen

if TYPE_CHECKING:
    from .fake import FakeTelegram
    from .people import Person
    from .robots import Bot


class Room:
    def __init__(self, fake: FakeTelegram, chat: Chat) -> None:
        self._fake = fake
        self.chat = chat

    @property
    def id(self) -> int:
        return self.chat.id

    def chat_with(self, person: Account) -> Chat:
        return self.chat

    def admits(
        self, who: Person | Bot, status: Status = "member", *, anonymous: bool = False, without: tuple[str, ...] = ()
    ) -> None:
        """Lets someone in, or changes what they are; an administrator has every right but those in `without`."""
        every = ADMIN_RIGHTS + (CHANNEL_RIGHTS if self.chat.type == "channel" else GROUP_RIGHTS)
        rights: Json = {}
        if status == "administrator":
            rights = {right: right not in without for right in every}
        old = self._seat(who.account)
        self._change(who.account, Member(status=status, rights=rights, anonymous=anonymous))
        if not old.is_here and self.chat.type != "channel" and not who.account.is_bot:
            self._notice(who.account, {"new_chat_members": [who.account.json()]})

    def promotes(self, who: Person | Bot, *, without: tuple[str, ...] = ()) -> None:
        self.admits(who, "administrator", without=without)

    def loses(self, who: Person | Bot) -> None:
        """They leave by themselves."""
        self._change(who.account, Member(status="left"))
        if self.chat.type != "channel" and not who.account.is_bot:
            self._notice(who.account, {"left_chat_member": who.account.json()})

    def expels(self, who: Person | Bot) -> None:
        self._change(who.account, Member(status="kicked"))

    def protects(self, on: bool = True) -> None:
        """Forbids forwarding and copying."""
        self.chat.protected = on

    def sees(self) -> list[Seen]:
        """The messages there are now, oldest first."""
        return [seen(message) for message in self.chat.messages.values()]

    def pinned(self) -> list[Seen]:
        return [seen(self.chat.messages[message_id]) for message_id in self.chat.pinned]

    def topic(self, name: str) -> int:
        """A forum topic made by a person; gives its message_thread_id."""
        self.chat.last_id += 1
        self.chat.topics[self.chat.last_id] = Topic(id=self.chat.last_id, name=name)
        return self.chat.last_id

    def topics(self) -> dict[int, str]:
        return {topic.id: topic.name for topic in self.chat.topics.values() if not topic.deleted}

    def upgrades(self) -> Room:
        """A group becomes a supergroup with another id; bots that write to the old one learn the new id."""
        successor = self._fake.supergroup(self.chat.title)
        successor.chat.members = dict(self.chat.members)
        self.chat.migrated_to = ChatId(successor.id)
        first = next(iter(self.chat.members))
        account = self._fake.world.account(first)
        if account is not None:
            self._notice(account, {"migrate_to_chat_id": successor.id})
            successor._notice(account, {"migrate_from_chat_id": self.id})
        return successor

    def _seat(self, account: Account) -> Member:
        return self.chat.members.get(account.id, Member(status="left"))

    def _change(self, account: Account, new: Member) -> None:
        old = self._seat(account)
        self.chat.members[account.id] = new
        actor = next((self._fake.world.account(i) for i, m in self.chat.members.items() if m.is_admin), None)
        kind = "my_chat_member" if isinstance(account, BotAccount) else "chat_member"
        self._fake.tell(self.chat, kind, (actor or account, account, old, new))

    def _notice(self, sender: Account, extra: Json) -> None:
        world = self._fake.world
        notice = Message(
            chat=self.chat,
            id=world.next_id(self.chat),
            date=world.now(),
            sender=sender,
            kind="service",
            extra=extra,
        )
        self._fake.tell(self.chat, "message", world.add(notice))
