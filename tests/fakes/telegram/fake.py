"""The tests' Telegram: one object that holds the world and serves it on 127.0.0.1.

async with FakeTelegram() as telegram:
    bot = telegram.bot("newsroom_bot")
    anna = telegram.person(42, "Anna", language_code="ru")
    anna.starts(bot)
    ...  # the program talks to telegram.url with bot.token
    greeting = await anna.expects("Hello", bot)
    anna.taps(greeting, "Begin")
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any, TypeVar

from tests.patience import PATIENCE

from .call import Call, Upload
from .faults import Faults, Hold, When
from .ledger import Ledger
from .limits import Limits
from .methods import METHODS
from .model import Account, BotAccount, Chat, ChatId, ChatType, Json, UserId
from .people import Person
from .places import Room
from .robots import FIRST_BOT, Bot
from .routing import route
from .seen import Seen
from .server import HttpServer
from .validate import arguments
from .world import World

T = TypeVar("T")
FIRST_GROUP = -5_001
FIRST_SUPERGROUP = -1_002_000_000_001


class FakeTelegram:
    def __init__(self, *, port: int = 0, seed: int = 0) -> None:
        self.world = World(seed)
        self.limits = Limits(self.world)
        self.faults = Faults(self.world)
        self.ledger = Ledger(self.world)
        self.holds: list[Hold] = []
        self._bots: dict[str, Bot] = {}
        self._people: dict[int, Person] = {}
        self._rooms: dict[int, Room] = {}
        self._server = HttpServer(self, port)

    async def __aenter__(self) -> FakeTelegram:
        await self._server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for bot in self._bots.values():
            await bot.webhook.stop()
        await self._server.stop()

    @property
    def url(self) -> str:
        """`http://127.0.0.1:port`; methods are at `{url}/bot{token}/{method}`, files at `{url}/file/bot{token}/…`."""
        return self._server.url

    @property
    def violations(self) -> list[str]:
        return self.world.violations

    def bot(self, username: str, *, token: str | None = None, reads_all: bool = False) -> Bot:
        """The bot of this name; made on first use."""
        for bot in self._bots.values():
            if bot.username == username:
                return bot
        number = UserId(FIRST_BOT + len(self._bots)) if token is None else UserId(int(token.partition(":")[0]))
        token = token or f"{number}:{self.world.rng.randbytes(17).hex()}x"
        name = username.removesuffix("_bot").replace("_", " ").title()
        account = BotAccount(id=number, first_name=name, username=username, token=token, reads_all=reads_all)
        self.world.bots[token] = account
        self._bots[token] = Bot(self, account)
        return self._bots[token]

    def person(
        self,
        user_id: int,
        first_name: str = "",
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "ru",
    ) -> Person:
        """The person with this id; made on first use."""
        if user_id not in self._people:
            account = self.world.people.setdefault(
                user_id,
                Account(
                    id=UserId(user_id),
                    first_name=first_name or f"Person {user_id}",
                    last_name=last_name,
                    username=username,
                    language_code=language_code,
                ),
            )
            self._people[user_id] = Person(self, account)
        return self._people[user_id]

    def group(self, title: str) -> Room:
        return self._room("group", FIRST_GROUP, title, None, False)

    def supergroup(self, title: str, *, forum: bool = False, username: str | None = None) -> Room:
        return self._room("supergroup", FIRST_SUPERGROUP, title, username, forum)

    def channel(self, title: str, *, username: str | None = None) -> Room:
        return self._room("channel", FIRST_SUPERGROUP, title, username, False)

    def room(self, chat_id: int) -> Room:
        return self._rooms[chat_id]

    def _room(self, kind: ChatType, first: int, title: str, username: str | None, forum: bool) -> Room:
        chat = Chat(id=ChatId(first - len(self._rooms)), type=kind, title=title, username=username, is_forum=forum)
        self.world.chats[chat.id] = chat
        self._rooms[chat.id] = Room(self, chat)
        return self._rooms[chat.id]

    def file(self, message: Seen) -> bytes:
        """What is in a message, as whoever sees it may save it. Raises LookupError when it holds no bytes."""
        file = self.world.files.get(message.file_unique_id or "")
        if file is None or file.data is None:
            raise LookupError(f"There is no file in {message.text!r}")
        return file.data

    def advance(self, seconds: float) -> None:
        """Moves the server's clock on: message ages, limits, stale taps."""
        self.world.ahead += seconds
        self.world.changed()

    async def wait_for(self, predicate: Callable[[], T], within: float = PATIENCE) -> T:
        return await self.world.wait_for(predicate, within)

    def hold(self, method: str, when: When, chat: int | None = None) -> Hold:
        """Stops requests of this method before or after they are carried out."""
        hold = Hold(self.world, method, when, chat)
        self.holds.append(hold)
        return hold

    def bot_by_token(self, token: str) -> Bot | None:
        return self._bots.get(token)

    def bot_by_id(self, bot_id: int | None) -> Bot:
        return next(bot for bot in self._bots.values() if bot_id in (None, bot.id))

    def chat_of(self, message: Seen) -> Chat:
        """The chat a message was seen in."""
        if message.chat_id < 0:
            return self.world.chats[message.chat_id]
        return self.bot_by_id(message.bot_id).account.private[message.chat_id]

    def call(self, bot: Bot, method: str, given: Json, files: dict[str, Upload]) -> Any:
        """Carries a request out: what it returns, or a coroutine of it. Raises ApiError."""
        args = arguments(method, given, self.world.violations.append)
        return METHODS[method](
            Call(
                method=method,
                world=self.world,
                bot=bot.account,
                updates=bot.updates,
                webhook=bot.webhook,
                limits=self.limits,
                tell=self.tell,
                args=args,
                files=files,
            )
        )

    def tell(self, chat: Chat, kind: str, subject: Any, without: BotAccount | None = None) -> None:
        """Puts an update into the queues of the bots that may see it."""
        route(self.world, self._bots.values(), chat, kind, subject, without)
