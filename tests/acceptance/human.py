"""A person on the fake Telegram who talks with the bot: reads the chat as people do, no prompt a second time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from storage.address import Account, Address
from storage.private import Private
from tests.fakes.telegram.fake import FakeTelegram
from tests.fakes.telegram.people import Person
from tests.fakes.telegram.robots import Bot
from tests.fakes.telegram.seen import Seen

STALE = "Эта кнопка от прежнего вопроса"
"""What is said to a tap on a prompt that is not the present one."""


class Surroundings(Protocol):
    """Where the person is: on which Telegram, before which bot."""

    fake: FakeTelegram
    bot: Bot

    def happened(self) -> None: ...

    async def waits(self, newest: Callable[[], Seen | None], what: str, sees: Callable[[], list[Seen]]) -> Seen: ...


class Human:
    def __init__(self, scene: Surroundings, person: Person) -> None:
        self.scene = scene
        self.person = person
        self._read_up_to = 0
        self._pressed: set[str] = set()
        self._label = ""
        """of the button that was pressed last"""

    @property
    def account(self) -> Account:
        return Account(platform="telegram", person=Private(str(self.person.id)))

    @property
    def address(self) -> Address:
        return address(self.person.id)

    def sees(self) -> list[Seen]:
        return self.person.sees(self.scene.bot)

    async def says(self, text: str) -> None:
        self._read_up_to = self.person.says(text, self.scene.bot).message_id
        self.scene.happened()

    async def sends_album(self, photos: list[bytes], caption: str) -> None:
        for number, photo in enumerate(photos):
            sent = self.person.sends_photo(photo, self.scene.bot, caption if number == 0 else "", album="album")
            self._read_up_to = sent.message_id
        self.scene.happened()

    async def sends(self, kind: str, data: bytes) -> None:
        """A voice message, a video."""
        self._read_up_to = self.person.sends_file(kind, self.scene.bot, data).message_id
        self.scene.happened()

    async def follows(self, payload: str) -> None:
        """A link to the bot."""
        self._read_up_to = self.person.starts(self.scene.bot, payload).message_id
        self.scene.happened()

    async def opens(self, card: Seen) -> None:
        """Follows the link of a card."""
        await self.follows((card.button("Открыть").url or "").partition("start=")[2])

    async def expects(self, words: str) -> Seen:
        return await self._finds(lambda seen: words in seen.text, words)

    async def receives(self, kind: str) -> bytes:
        """What is in the newest file of this kind."""
        return self.scene.fake.file(await self._finds(lambda seen: seen.kind == kind, kind))

    async def presses(self, label: str, *, about: str = "") -> None:
        """The newest prompt that has this button and was not pressed yet."""

        def fits(seen: Seen) -> bool:
            tokens = _tokens(seen)
            mine = [button for row in seen.buttons for button in row if label in button.text]
            return about in seen.text and bool(mine) and not tokens & self._pressed

        seen = await self._finds(fits, f"{about} [{label}]")
        self._tap(seen, label)
        self.scene.happened()

    def _tap(self, seen: Seen, label: str) -> None:
        self._pressed |= _tokens(seen)
        self._read_up_to = seen.message_id
        self._label = label
        self.person.taps(seen, label)

    def _tap_again(self, theirs: list[Seen]) -> None:
        """Who has pressed a copy of an older prompt, as a kill can leave, is told so, and presses the present one."""
        new = [seen for seen in theirs if seen.message_id > self._read_up_to]
        if not any(STALE in seen.text for seen in new):
            return
        if any(self._label in button.text for row in new[-1].buttons for button in row):
            self._tap(new[-1], self._label)

    def blocks(self) -> None:
        self.person.blocks(self.scene.bot)
        self.scene.happened()

    async def _finds(self, fits: Callable[[Seen], bool], what: str) -> Seen:
        def newest() -> Seen | None:
            theirs = [seen for seen in self.sees() if seen.sender_id != self.person.id]
            self._tap_again(theirs)
            new = (seen for seen in reversed(theirs) if seen.message_id > self._read_up_to)
            return next((seen for seen in new if fits(seen)), None)

        return await self.scene.waits(newest, what, self.sees)


def address(chat: int) -> Address:
    return Address(platform="telegram", bot="main", chat=Private(str(chat)))


def _tokens(seen: Seen) -> set[str]:
    """Which prompt's buttons these are; buttons that stand for a command belong to their message alone."""
    data = [button.data for row in seen.buttons for button in row if button.data]
    return {f"{seen.message_id}{one}" if one.startswith("!") else one.partition(".")[0] for one in data}
