"""Telegram, for the adapter contract."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.platforms.telegram.adapter import TelegramAdapter
from bot.platforms.telegram.settings import TelegramSettings
from bot.types import FileKind
from storage.address import Account, Address
from storage.private import Private
from tests.fakes.telegram.fake import FakeTelegram
from tests.fakes.telegram.people import Person
from tests.fakes.telegram.places import Room
from tests.fakes.telegram.robots import Bot
from tests.fakes.telegram.seen import Seen
from tests.integration.platforms.stage import Sight
from tests.patience import PATIENCE


def address(chat_id: int) -> Address:
    return Address(platform="telegram", bot="main", chat=Private(str(chat_id)))


class TelegramStage:
    lacks: frozenset[str] = frozenset()

    def __init__(self, telegram: FakeTelegram) -> None:
        self.telegram = telegram
        self.bot: Bot = telegram.bot("newsroom_bot")
        self.anna: Person = telegram.person(424242, "Anna", language_code="ru")
        self.editors: Room = telegram.supergroup("Editors")
        self.editors.admits(self.bot, "administrator")
        self._said: Seen | None = None

    @property
    def chat(self) -> Address:
        return address(self.anna.id)

    @property
    def person(self) -> Account:
        return Account(platform="telegram", person=Private(str(self.anna.id)))

    @property
    def room(self) -> Address:
        return address(self.editors.id)

    def settings(self, **changes: Any) -> TelegramSettings:
        """Real, but for patience."""
        url = self.telegram.url
        facts: dict[str, Any] = {"api_url": url, "file_url": f"{url}/file", "read_seconds": PATIENCE}
        facts |= {"poll_seconds": 5, "longest_wait": 0.05}
        return TelegramSettings(token=Private(self.bot.token), **(facts | changes))

    def adapter(self, **changes: Any) -> TelegramAdapter:
        return TelegramAdapter(self.settings(**changes))

    async def says(self, text: str) -> None:
        self._said = self.anna.says(text, self.bot)

    async def follows(self, payload: str) -> None:
        self.anna.starts(self.bot, payload)

    async def sends_photo(self, data: bytes, caption: str = "", album: str | None = None) -> None:
        self._said = self.anna.sends_photo(data, self.bot, caption, album)

    async def sends_file(self, kind: FileKind, data: bytes, caption: str = "") -> None:
        self._said = self.anna.sends_file(kind, self.bot, data, caption=caption)

    async def edits(self, text: str) -> None:
        assert self._said is not None
        self.anna.edits(self._said, text)

    async def taps(self, label: str) -> None:
        shown = [m for m in self.anna.sees(self.bot) if any(b.text == label for row in m.buttons for b in row)]
        self.anna.taps(shown[-1], label)

    async def blocks(self) -> None:
        self.anna.blocks(self.bot)

    async def joins_room(self) -> None:
        self.editors.admits(self.anna)

    async def leaves_room(self) -> None:
        self.editors.loses(self.anna)

    async def sees(self) -> list[Sight]:
        return [self._sight(message) for message in self.anna.sees(self.bot)]

    def _sight(self, message: Seen) -> Sight:
        file = self.telegram.world.files.get(message.file_unique_id or "")
        return Sight(
            text=message.text,
            from_bot=message.sender_id == self.bot.id,
            buttons=tuple(tuple(button.text for button in row) for row in message.buttons),
            kind=FileKind(message.kind) if file is not None else None,
            file=file.data if file is not None else None,
        )


@asynccontextmanager
async def open_stage(folder: Path) -> AsyncIterator[TelegramStage]:
    async with FakeTelegram() as telegram:
        yield TelegramStage(telegram)
        assert telegram.violations == []
