"""Bots in the hands of a test: their token, queue and webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .limits import Tally
from .model import Account, BotAccount, Chat, Json
from .seen import Seen, seen
from .updates import Updates
from .webhook import Webhook

if TYPE_CHECKING:
    from .fake import FakeTelegram

FIRST_BOT = 7_000_000_001
FIRST_UPDATE = 100_000_001


class Bot:
    """A bot account: its token, its queue, its webhook."""

    def __init__(self, fake: FakeTelegram, account: BotAccount) -> None:
        self._fake = fake
        self.account = account
        self.updates = Updates(fake.world, FIRST_UPDATE)
        self.webhook = Webhook(self.updates)

    @property
    def id(self) -> int:
        return self.account.id

    @property
    def token(self) -> str:
        return self.account.token

    @property
    def username(self) -> str:
        return self.account.username or ""

    def chat_with(self, person: Account) -> Chat:
        return self._fake.world.private_chat(self.account, person)

    def crowd(self, first_id: int, count: int) -> None:
        """Takes `count` people from this id on as having started the bot; each comes to life when written to."""
        self.account.crowds.append((first_id, count))

    def raw_update(self, kind: str, body: Json) -> int | None:
        """Queues any update, also of unknown kinds; None when the bot did not ask for the kind."""
        return self.updates.put(kind, body)

    def redelivers(self, update_id: int) -> None:
        """Sends an old update again, although the bot confirmed it."""
        self.updates.again(update_id)

    def last_update_id(self) -> int:
        return self.updates.next_id - 1

    def restarts_update_ids(self, first: int) -> None:
        """As Telegram may after a week without updates."""
        self.updates.next_id = first

    def tally(self) -> Tally:
        return self._fake.limits.tally(self.token)

    def sent(self) -> list[Seen]:
        """All messages of this bot that are there now, in all chats, by date."""
        chats = (*self.account.private.values(), *self._fake.world.chats.values())
        own = [m for chat in chats for m in chat.messages.values() if m.sender is self.account]
        return [seen(message) for message in sorted(own, key=lambda message: message.date)]
