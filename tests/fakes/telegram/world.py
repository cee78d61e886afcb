"""The state behind the fake server: who and what there is, the clock, and news for those who wait."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

from tests.patience import PATIENCE

from .errors import ApiError, bad_request, forbidden
from .model import ANONYMOUS_ADMIN, Account, BotAccount, Chat, ChatId, File, Message, MessageId, Tap, UserId

T = TypeVar("T")
_KIND_PREFIX = {"photo": "AgAC", "document": "BQAC", "video": "BAAC", "voice": "AwAC", "audio": "CQAC"}


class World:
    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.ahead = 0.0
        self.bots: dict[str, BotAccount] = {}
        self.people: dict[int, Account] = {
            ANONYMOUS_ADMIN: Account(id=ANONYMOUS_ADMIN, first_name="Group", username="GroupAnonymousBot", is_bot=True)
        }
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.taps: dict[str, Tap] = {}
        # Things a bot did that Telegram would swallow and we would not: unknown parameters, wrong types.
        self.violations: list[str] = []
        self._waiting: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []

    def now(self) -> int:
        """Unix time of the server, whole seconds."""
        return int(time.time() + self.ahead)

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead

    def changed(self) -> None:
        """Says that something happened; whoever waits for it is woken at once."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        for predicate, future in waiting:
            if future.done():
                continue
            try:
                value = predicate()
            except Exception as problem:
                future.set_exception(problem)
                continue
            if value:
                future.set_result(value)
            else:
                self._waiting.append((predicate, future))

    async def wait_for(self, predicate: Callable[[], T], within: float = PATIENCE) -> T:
        """The predicate's first true value. Raises TimeoutError after `within` seconds of real time."""
        value = predicate()
        if value:
            return value
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        entry = (predicate, future)
        self._waiting.append(entry)
        try:
            async with asyncio.timeout(within):
                return await future
        finally:
            self._waiting = [other for other in self._waiting if other[1] is not future]

    def account(self, user_id: int) -> Account | None:
        if user_id in self.people:
            return self.people[user_id]
        return next((bot for bot in self.bots.values() if bot.id == user_id), None)

    def private_chat(self, bot: BotAccount, person: Account) -> Chat:
        chat = bot.private.get(person.id)
        if chat is None:
            chat = bot.private[person.id] = Chat(id=ChatId(person.id), type="private", bot=bot, person=person)
        return chat

    def add(self, message: Message) -> Message:
        message.chat.messages[message.id] = message
        return message

    def next_id(self, chat: Chat) -> MessageId:
        chat.last_id += 1
        return MessageId(chat.last_id)

    def find_chat(self, bot: BotAccount, chat_id: int | str) -> Chat:
        """The chat a bot names, whether or not it may write there. Raises ApiError."""
        if isinstance(chat_id, str):
            for chat in self.chats.values():
                if chat.username and chat_id.lower() == f"@{chat.username}".lower():
                    return chat
            raise bad_request("chat not found")
        found = bot.private.get(chat_id) if chat_id > 0 else self.chats.get(chat_id)
        if found is None:
            found = self._from_crowd(bot, chat_id)
        if found is None:
            if chat_id in self.people and self._shares_a_room(bot, chat_id):
                raise forbidden("bot can't initiate conversation with a user")
            raise bad_request("chat not found")
        return found

    def open_chat(self, bot: BotAccount, chat_id: int | str) -> Chat:
        """The chat, where the bot takes part now. Raises ApiError in Telegram's words where it does not."""
        chat = self.find_chat(bot, chat_id)
        if chat.person is not None:
            if chat.person.deactivated:
                raise forbidden("user is deactivated")
            if chat.blocked:
                raise forbidden("bot was blocked by the user")
            return chat
        if chat.migrated_to is not None:
            text = "group chat was upgraded to a supergroup chat"
            raise bad_request(text, migrate_to_chat_id=chat.migrated_to)
        member = chat.members.get(bot.id)
        if member is None or not member.is_here:
            how = "was kicked from" if member is not None and member.status == "kicked" else "is not a member of"
            raise forbidden(f"bot {how} the {chat.type} chat")
        return chat

    def _from_crowd(self, bot: BotAccount, chat_id: int) -> Chat | None:
        if not any(first <= chat_id < first + count for first, count in bot.crowds):
            return None
        person = self.people.get(chat_id)
        if person is None:
            person = self.people[chat_id] = Account(id=UserId(chat_id), first_name=f"Reader {chat_id}")
        return self.private_chat(bot, person)

    def _shares_a_room(self, bot: BotAccount, user_id: int) -> bool:
        return any(bot.id in chat.members and user_id in chat.members for chat in self.chats.values())

    def store(self, kind: str, data: bytes | None, size: int | None = None, **facts: Any) -> File:
        unique = self.rng.randbytes(9).hex()
        file = File(unique_id=unique, kind=kind, size=len(data or b"") if size is None else size, data=data, **facts)
        self.files[unique] = file
        return file

    def file_id(self, bot: BotAccount, file: File) -> str:
        """Every bot has its own file ids, as on Telegram; unique ids are the same for all."""
        return f"{_KIND_PREFIX.get(file.kind, 'BAAD')}{bot.id:x}-{file.unique_id}"

    def file(self, bot: BotAccount, file_id: str) -> File:
        head, _, unique = file_id.removesuffix("_s").partition("-")
        if unique in self.files and head[4:] == f"{bot.id:x}":
            return self.files[unique]
        raise ApiError(400, "Bad Request: wrong file identifier/HTTP URL specified")
